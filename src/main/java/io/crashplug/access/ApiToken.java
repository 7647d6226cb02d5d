package io.crashplug.access;

import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it may be shown: without its secret, which nobody knows but its holder.
 *
 * @param name unique among all tokens that ever were
 * @param scope the machines that it gives access to
 * @param createdBy the principal that made it
 * @param expiresAt when it ceases to be accepted; null for never
 * @param lastUsedAt when it was accepted last, within {@link ApiTokens#LAST_USE_WITHIN}; null if it never was
 * @param revokedAt when it was revoked; null if it was not
 * @param revokedBy the principal that revoked it; null if it was not
 */
public record ApiToken(
        String name,
        Role role,
        Scope scope,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy) {

    /** How the principal of such a token is called, which no other kind of principal is. */
    public String principal() {
        return "token:" + name;
    }

    /** Whether it is accepted at a time. */
    public boolean isGoodAt(Instant time) {
        return revokedAt == null && (expiresAt == null || expiresAt.isAfter(time));
    }
}
