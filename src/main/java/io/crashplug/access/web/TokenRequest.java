package io.crashplug.access.web;

import io.crashplug.access.NewToken;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token to make. */
@Schema(name = "NewToken")
record TokenRequest(
        @Schema(
                pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$",
                example = "hypervisor-7",
                description = "Never used again, also when the token is revoked")
        String name,

        @Schema(
                allowableValues = {"viewer", "operator", "auditor", "admin"},
                description =
                        "viewer reads; operator also changes machines; auditor reads hotplug events only; admin may do all")
        String role,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Limits the token to machines that have all of these labels; not for an admin")
        @Nullable
        Map<String, String> labels,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "When the token ceases to be accepted; never where left out")
        @Nullable
        Instant expiresAt) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    TokenRequest {
        Descriptions.name(name);
        InvalidField.required(role, "role");
        if (Role.named(role).isEmpty()) {
            throw new InvalidField("role", "\"%s\" is none of viewer, operator, auditor, admin".formatted(role));
        }
        labels = Descriptions.labels(labels);
        if (role.equals(Role.ADMIN.publishedName()) && !labels.isEmpty()) {
            throw new InvalidField("labels", "an admin is not limited to machines with labels");
        }
        if (expiresAt != null && expiresAt.isAfter(LATEST)) {
            throw new InvalidField("expiresAt", "expiresAt is after " + LATEST);
        }
    }

    /**
     * The token.
     *
     * @throws InvalidField if it would have expired at {@code now}
     */
    NewToken token(Instant now) {
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new InvalidField("expiresAt", "expiresAt is past");
        }
        return new NewToken(
                name, Role.named(role).orElseThrow(), new Scope(labels == null ? Map.of() : labels), expiresAt);
    }
}
