package io.crashplug.access;

import io.crashplug.persistence.SqlTime;
import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The tokens in the database, also those that are accepted no longer. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredTokens {

    private static final String SELECT = """
            select name, secret_sha256, role, created_at, created_by, expires_at, last_used_at, revoked_at,
                revoked_by
            from api_token
            """;

    private final JdbcClient database;

    StoredTokens(JdbcClient database) {
        this.database = database;
    }

    /** A token with what is kept of its secret. */
    record Stored(ApiToken token, String secretSha256) {}

    void insert(NewToken token, TokenText text, Instant now, String actor) {
        database.sql("""
                        insert into api_token (name, key_id, secret_sha256, role, created_at, created_by, expires_at)
                        values (:name, :keyId, :sha256, :role, :now, :actor, :expires)""")
                .param("name", token.name())
                .param("keyId", text.keyId())
                .param("sha256", text.sha256())
                .param("role", token.role().publishedName())
                .param("now", SqlTime.utc(now))
                .param("actor", actor)
                .param("expires", token.expiresAt() == null ? null : SqlTime.utc(token.expiresAt()))
                .update();
        token.scope()
                .labels()
                .forEach((key, value) -> database.sql("insert into api_token_label values (:name, :key, :value)")
                        .param("name", token.name())
                        .param("key", key)
                        .param("value", value)
                        .update());
    }

    Optional<Stored> withKey(String keyId) {
        return database.sql(SELECT + "where key_id = :keyId")
                .param("keyId", keyId)
                .query((row, number) -> stored(row))
                .optional();
    }

    Optional<ApiToken> named(String name) {
        return database.sql(SELECT + "where name = :name")
                .param("name", name)
                .query((row, number) -> stored(row).token())
                .optional();
    }

    /**
     * Tokens by name.
     *
     * @param after the name to continue after; empty from the first on
     */
    List<ApiToken> list(String after, int most) {
        return database.sql(SELECT + "where name > :after order by name limit :most")
                .param("after", after)
                .param("most", most)
                .query((row, number) -> stored(row).token())
                .list();
    }

    boolean isEmpty() {
        return database.sql("select name from api_token limit 1")
                .query(String.class)
                .optional()
                .isEmpty();
    }

    /** Notes a use, unless one was noted since. */
    void used(String name, Instant now, Instant since) {
        database.sql("""
                        update api_token set last_used_at = :now
                        where name = :name and (last_used_at is null or last_used_at < :since)""")
                .param("name", name)
                .param("now", SqlTime.utc(now))
                .param("since", SqlTime.utc(since))
                .update();
    }

    /** Revokes a token, unless it is; the first time counts. */
    void revoke(String name, Instant now, String actor) {
        database.sql("""
                        update api_token set revoked_at = :now, revoked_by = :actor
                        where name = :name and revoked_at is null""")
                .param("name", name)
                .param("now", SqlTime.utc(now))
                .param("actor", actor)
                .update();
    }

    private Stored stored(ResultSet row) throws SQLException {
        var name = row.getString("name");
        var role = row.getString("role");
        var token = new ApiToken(
                name,
                Role.named(role).orElseThrow(() -> new IllegalStateException("there is no role " + role)),
                new Scope(labels(name)),
                SqlTime.of(row, "created_at"),
                row.getString("created_by"),
                SqlTime.orEmpty(row, "expires_at").orElse(null),
                SqlTime.orEmpty(row, "last_used_at").orElse(null),
                SqlTime.orEmpty(row, "revoked_at").orElse(null),
                row.getString("revoked_by"));
        return new Stored(token, row.getString("secret_sha256"));
    }

    private Map<String, String> labels(String name) {
        var labels = new HashMap<String, String>();
        database.sql("select label_key, label_value from api_token_label where token_name = :name")
                .param("name", name)
                .query(row -> {
                    labels.put(row.getString(1), row.getString(2));
                });
        return labels;
    }
}
