package io.crashplug.access.web;

import java.util.Objects;
import org.springframework.security.core.AuthenticationException;

/** Whether a token is good could not be found out, or was not looked at. */
final class NotDecided extends AuthenticationException {

    private static final long serialVersionUID = 1;

    private final RuntimeException reason;

    /** @param reason what the request is answered with */
    NotDecided(RuntimeException reason) {
        super("whether the token is good was not found out", reason);
        this.reason = reason;
    }

    RuntimeException reason() {
        return Objects.requireNonNull(reason);
    }
}
