package io.crashplug.access;

import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token to be made.
 *
 * @param expiresAt when it ceases to be accepted; null for never
 */
public record NewToken(
        String name, Role role, Scope scope, @Nullable Instant expiresAt) {

    public NewToken {
        if (role == Role.ADMIN && !scope.isEverything()) {
            throw new IllegalArgumentException("an admin is not limited to machines with labels");
        }
    }
}
