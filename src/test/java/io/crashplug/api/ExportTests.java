package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.web.LongReads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The archive of a running service. */
class ExportTests extends ApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private LongReads reads;

    @Autowired
    private JdbcClient database;

    @Autowired
    private DataSource dataSource;

    @TempDir
    private Path directory;

    private Store imported(byte[] archive) throws IOException, SQLException {
        var store = Store.of(Database.TESTED);
        var file = Files.write(directory.resolve(newName("export")), archive);
        var ended = store.job("--import=" + file);
        assertThat(ended.status()).as(ended::err).isZero();
        return store;
    }

    @Test
    void theServiceGivesTheFileThatAnotherOneReads() throws IOException, SQLException {
        create(SmallGuest.text(newName("exported"), "LINUX_6_9", SmallGuest.ONE_PAGE));
        var answer = api().accept("application/zstd").get("/export");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/zstd");
        assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(answer.header("Content-Disposition"))
                .matches("attachment; filename=\"crashplug-\\d{8}T\\d{6}Z\\.jsonl\\.zst\"");
        assertThat(imported(answer.asByteArray()).snapshot())
                .isEqualTo(DatabaseSnapshot.of(database).ofWhatIsStored());
    }

    @Test
    void whoAsksForTheHeadersGetsNoFile() {
        var answer = root().head("/api/v1/export");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).startsWith("attachment; filename=\"crashplug-");
        assertThat(answer.asByteArray()).isEmpty();
    }

    @Test
    void otherFormsAreNotAcceptable() {
        assertThat(body(api().accept("application/json").get("/export"), 406)
                        .get("type")
                        .stringValue())
                .isEqualTo("/problems/not-acceptable");
    }

    /** Each change writes to many tables; an archive of two moments would have a part of one. */
    @Test
    void itIsOfOneMomentWhileTheServiceGoesOn() throws Exception {
        var machine = newName("moving");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);
        var done = new AtomicBoolean();
        var changes = new FutureTask<>(() -> {
            int i = 1;
            for (; i < 2000 && !done.get(); i++) {
                hotplug(machine, SmallGuest.addAll(i, 1));
            }
            return i;
        });
        new Thread(changes, "changes").start();
        try {
            for (int i = 0; i < 5; i++) {
                var store =
                        imported(api().accept("application/zstd").get("/export").asByteArray());
                assertThat(store.database()
                                .sql("""
                                        select m.generation || ' ' || m.header_revision || ' ' || count(*) || ' ' || max(e.generation_after)
                                            || ' ' || max(e.header_revision)
                                        from machine m join hotplug_event e on e.machine_id = m.id
                                        where m.name = :name group by m.generation, m.header_revision""")
                                .param("name", machine)
                                .query(String.class)
                                .single())
                        .matches("(\\d+) (\\d+) (\\d+) \\1 \\2");
                assertThat(store.database()
                                .sql("""
                                        select max(revision) - count(*) from header_revision
                                        where machine_id = (select id from machine where name = :name)""")
                                .param("name", machine)
                                .query(Long.class)
                                .single())
                        .isZero();
            }
        } finally {
            done.set(true);
            assertThat(changes.get(1, TimeUnit.MINUTES)).isGreaterThan(2);
        }
    }

    @Test
    void clientsThatReadSlowlyLeaveConnectionsForChanges() {
        reads.run(() -> reads.run(() -> {
            for (var path : List.of("/export", "/store-checks")) {
                var answer = api().accept("*/*").get(path);
                assertThat(body(answer, 503).get("type").stringValue()).isEqualTo("/problems/too-many-at-once");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(answer.header("Content-Disposition")).isNull();
            }
            assertThat(root().head("/api/v1/export").statusCode()).isEqualTo(200);
            return 0;
        }));
        assertThat(api().accept("application/zstd").get("/export").statusCode()).isEqualTo(200);
    }

    @Test
    void whatNoArchiveHoldsIsToldBeforeAnythingIsSent() {
        database.sql("create table z_last (id integer primary key, what double precision)")
                .update();
        try {
            var answer = api().accept("application/zstd").get("/export");
            assertThat(body(answer, 500).get("type").stringValue()).isEqualTo("/problems/internal");
            assertThat(answer.header("Content-Disposition")).isNull();
        } finally {
            database.sql("drop table z_last").update();
        }
    }

    /** PostgreSQL keeps readers from a table that somebody locks; H2 has nothing that stops one on its way. */
    @Test
    @EnabledIfSystemProperty(named = "crashplug.test.database", matches = "postgresql")
    void anArchiveThatFailsOnItsWayHasNoEnd() throws IOException {
        // Bytes that do not shrink, so that much is sent before what cannot be read.
        var bytes = new byte[20_000];
        var random = new Random(6);
        for (int i = 0; i < 40; i++) {
            database.sql("""
                            insert into idempotency_key (actor, key_text, fingerprint, kept_at)
                            values ('a', :key, 'f', current_timestamp)""").param("key", "large" + i).update();
            random.nextBytes(bytes);
            database.sql("insert into idempotency_piece values ('a', :key, 0, :bytes)")
                    .param("key", "large" + i)
                    .param("bytes", bytes)
                    .update();
        }
        database.sql("create table z_last (id integer primary key)").update();
        try {
            var answer = OtherTransaction.on(dataSource).execute(held -> {
                database.sql("lock table z_last in access exclusive mode").update();
                return raw("GET /api/v1/export HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            });
            assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotEndWith("\r\n0\r\n\r\n");
        } finally {
            database.sql("drop table z_last").update();
        }
    }

    private String raw(String request) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
