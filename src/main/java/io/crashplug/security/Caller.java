package io.crashplug.security;

/**
 * Who asks for a change, for the audit.
 *
 * @param actor the authenticated principal; {@link #ANONYMOUS} without authentication, never taken from a header
 * @param requestId the request's id
 */
public record Caller(String actor, String requestId) {

    public static final String ANONYMOUS = "anonymous";
}
