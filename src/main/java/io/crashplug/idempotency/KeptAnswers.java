package io.crashplug.idempotency;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.persistence.SqlTime;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The keys that were used, and what was answered. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class KeptAnswers {

    /** Most bytes in one row, what H2 allows. */
    private static final int PIECE_BYTES = 1024 * 1024;

    private final JdbcClient database;

    KeptAnswers(JdbcClient database) {
        this.database = database;
    }

    /**
     * What a key was used for.
     *
     * @param fingerprint of the request
     */
    record Kept(String fingerprint, Answer answer) {}

    Optional<Kept> find(IdempotencyKey key, Instant keptSince) {
        return database.sql("""
                        select fingerprint, status, headers from idempotency_key
                        where actor = :actor and key_text = :key and kept_at >= :since and status is not null""")
                .param("actor", key.actor())
                .param("key", key.text())
                .param("since", SqlTime.utc(keptSince))
                .query((row, number) -> new Kept(
                        row.getString("fingerprint"),
                        new Answer(
                                row.getInt("status"),
                                row.getString("headers").lines().toList(),
                                body(key),
                                true,
                                true)))
                .optional();
    }

    private HeaderBytes body(IdempotencyKey key) {
        var body = new ByteArrayOutputStream();
        database.sql("""
                        select bytes from idempotency_piece
                        where actor = :actor and key_text = :key order by piece_index""")
                .param("actor", key.actor())
                .param("key", key.text())
                .query((row, number) -> row.getBytes("bytes"))
                .list()
                .forEach(body::writeBytes);
        return HeaderBytes.of(body.toByteArray());
    }

    /** Takes a key, also one that was kept for long enough; in another transaction the same key waits for this one. */
    void reserve(IdempotencyKey key, String fingerprint, Instant now, Instant keptSince) {
        database.sql("delete from idempotency_key where actor = :actor and key_text = :key and kept_at < :since")
                .param("actor", key.actor())
                .param("key", key.text())
                .param("since", SqlTime.utc(keptSince))
                .update();
        database.sql("""
                        insert into idempotency_key (actor, key_text, fingerprint, kept_at)
                        values (:actor, :key, :fingerprint, :now)""")
                .param("actor", key.actor())
                .param("key", key.text())
                .param("fingerprint", fingerprint)
                .param("now", SqlTime.utc(now))
                .update();
    }

    void keep(IdempotencyKey key, Answer answer) {
        database.sql("""
                        update idempotency_key set status = :status, headers = :headers
                        where actor = :actor and key_text = :key""")
                .param("actor", key.actor())
                .param("key", key.text())
                .param("status", answer.status())
                .param("headers", String.join("\n", answer.headers()))
                .update();
        var body = answer.body().toByteArray();
        for (int i = 0; i * PIECE_BYTES < body.length; i++) {
            database.sql("insert into idempotency_piece values (:actor, :key, :index, :bytes)")
                    .param("actor", key.actor())
                    .param("key", key.text())
                    .param("index", i)
                    .param(
                            "bytes",
                            Arrays.copyOfRange(body, i * PIECE_BYTES, Math.min((i + 1) * PIECE_BYTES, body.length)))
                    .update();
        }
    }

    /** Forgets keys that were kept for long enough, a number of them; how many there were. */
    int forget(Instant keptSince, int most) {
        var keys = database.sql("""
                        select actor, key_text from idempotency_key where kept_at < :since
                        order by kept_at fetch first %d rows only""".formatted(most))
                .param("since", SqlTime.utc(keptSince))
                .query((row, number) -> List.of(row.getString("actor"), row.getString("key_text")))
                .list();
        keys.forEach(key -> database.sql("""
                        delete from idempotency_key
                        where actor = :actor and key_text = :key and kept_at < :since""")
                .param("actor", key.get(0))
                .param("key", key.get(1))
                .param("since", SqlTime.utc(keptSince))
                .update());
        return keys.size();
    }
}
