package io.crashplug.access.web;

import io.crashplug.access.ApiToken;
import io.crashplug.access.ApiTokens;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A token, without its secret. */
@Schema(name = "Token")
record TokenJson(
        String name,

        @Schema(allowableValues = {"viewer", "operator", "auditor", "admin"})
        String role,

        @Schema(description = "The machines it gives access to have all of these; all machines if there are none")
        Map<String, String> labels,

        @Schema(description = "How its holder is called in the history")
        String principal,

        Instant createdAt,

        @Schema(description = "The principal that made it") String createdBy,

        @Schema(description = "When it ceases to be accepted; null for never") @Nullable
        Instant expiresAt,

        @Schema(description = "When it was accepted last, to a minute; null if it never was") @Nullable
        Instant lastUsedAt,

        @Schema(description = "When it was revoked; null if it was not") @Nullable
        Instant revokedAt,

        @Schema(description = "The principal that revoked it; null if it was not") @Nullable
        String revokedBy) {

    static TokenJson of(ApiToken token) {
        return new TokenJson(
                token.name(),
                token.role().publishedName(),
                new TreeMap<>(token.scope().labels()),
                token.principal(),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.lastUsedAt(),
                token.revokedAt(),
                token.revokedBy());
    }

    /** A token that was just made, with what is shown once. */
    @Schema(name = "IssuedToken")
    record Issued(
            @Schema(description = "Send it as Authorization: Bearer TOKEN; it is not shown again")
            String token,

            TokenJson description) {

        static Issued of(ApiTokens.Issued issued) {
            return new Issued(issued.text(), TokenJson.of(issued.token()));
        }
    }
}
