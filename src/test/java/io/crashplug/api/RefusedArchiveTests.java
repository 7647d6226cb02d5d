package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.crashplug.api.Store.Ended;
import io.crashplug.elfcore.HeaderBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Archives that are not what was written, and places that take none: each is refused, and nothing comes of it. */
class RefusedArchiveTests {

    private static final String LAST_ROWS = "\\{\"tables\":(\\d+),\"rows\":(\\d+)}\n$";

    private static Store source;
    private static byte[] archive;

    @TempDir
    private Path directory;

    @BeforeAll
    static void anArchive() throws IOException, SQLException, InterruptedException {
        source = Store.of(Database.H2);
        try (var service = source.start()) {
            var http = Store.client(service);
            var json = "application/json";
            http.send(
                    "POST",
                    "/machines",
                    SmallGuest.text("one", "LINUX_6_9", SmallGuest.ONE_PAGE),
                    "Content-Type",
                    json);
            http.send("PUT", "/machines/one/crash-image", Requests.FILE_LOAD, "Content-Type", json);
            var event = ApiTest.text(SmallGuest.addAll(1, 3));
            assertThat(http.send("POST", "/machines/one/hotplug-events", event, "Content-Type", json)
                            .status())
                    .isEqualTo(201);
        }
        archive = source.job("--export=-").out();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("given.jsonl.zst"), bytes);
    }

    /** Imports bytes into a new database, which must be refused and leave it without tables. */
    private void assertRefused(Database database, byte[] bytes, String sentence) throws IOException, SQLException {
        var store = Store.of(database);
        assertRefused(store, bytes, sentence);
        assertThat(store.tables()).isEmpty();
    }

    private void assertRefused(Store store, byte[] bytes, String sentence) throws IOException {
        var file = file(bytes);
        var ended = store.job("--import=" + file);
        assertThat(ended.status()).as(ended::err).isEqualTo(2);
        assertThat(ended.lastLine()).startsWith("crashplug: ").contains(sentence);
        assertThat(ended.out()).isEmpty();
    }

    private static String lines() throws IOException {
        try (var lines = new ZstdInputStream(new ByteArrayInputStream(archive))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** An archive of other lines, which is whole as far as its checksum tells. */
    private static byte[] of(String lines) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Zstd.compress(lines.getBytes(StandardCharsets.UTF_8)));
        var sha256 = HeaderBytes.of(bytes.toByteArray()).sha256();
        bytes.writeBytes(HexFormat.of().parseHex("502a4d1820000000" + sha256));
        return bytes.toByteArray();
    }

    private static byte[] altered(UnaryOperator<String> change) throws IOException {
        var altered = change.apply(lines());
        assertThat(altered).isNotEqualTo(lines());
        return of(altered);
    }

    @Test
    void whatTheseTestsPutTogetherIsTakenWhenItIsRight() throws IOException, SQLException {
        var store = Store.of(Database.H2);
        assertThat(store.job("--import=" + file(of(lines()))).status()).isZero();
        assertThat(store.snapshot()).isEqualTo(source.snapshot());
    }

    @Test
    void bytesThatAreNotWhatWasWrittenAreRefused() throws IOException, SQLException {
        var store = Store.of(Database.H2);
        var flipped = archive.clone();
        flipped[archive.length / 2] ^= 4;
        assertRefused(store, flipped, "is damaged: its SHA-256 is not the one that was written; nothing was imported");
        assertRefused(
                store,
                Arrays.copyOf(archive, archive.length - 1),
                "does not end as an archive does: it was cut, or something was added; nothing was imported");
        assertRefused(store, new byte[100], "is no archive of Crashplug; nothing was imported");
        assertThat(store.tables()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"crashplug-archive\" | \"something else\"      | is no archive of Crashplug",
                "\"version\":1         | \"version\":2           | has version 2 of the format, and this service reads version 1 only",
                "\"schemaVersion\":\"  | \"schemaVersion\":\"x   | has no version of the schema",
                "\"schemaVersion\":\"  | \"schemaVersion\":\"99  | and this version of Crashplug knows",
                "\"table\":\"machine\" | \"table\":\"unknown\"   | has a table unknown that is not one of schema version",
                "\"live_name\":\"TEXT\" | \"live_name\":\"BYTES\" | has a table machine that is not one of schema version",
                "{\"rows\":1}          | {\"rows\":4}            | does not have the rows of table",
                "]                     | ,7]                     | with more values than columns",
                "[\"                   | [7,\"                   | a value is not text",
                "[\"                   | [\"\"                   | has a line that cannot be read",
            })
    void whatIsNoArchiveOfThisServiceIsRefused(String from, String to, String sentence)
            throws IOException, SQLException {
        assertRefused(
                Database.H2,
                altered(lines -> lines.replaceFirst(
                        java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to))),
                sentence);
    }

    @Test
    void totalsMustBeRightAndTheLastLineTheLast() throws IOException, SQLException {
        assertRefused(
                Database.H2,
                altered(lines -> lines.replaceFirst(LAST_ROWS, "{\"tables\":$1,\"rows\":1$2}\n")),
                "does not have the tables and rows that its last line counts");
        assertRefused(Database.H2, altered(lines -> lines + "[]\n"), "goes on behind its last line");
        assertRefused(
                Database.H2, altered(lines -> lines.replaceFirst(LAST_ROWS, "")), "has a line in the wrong place");
    }

    /** Found by the database only when nearly all is written. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void aRowThatIsThereTwiceLeavesNothingBehind(Database database) throws IOException, SQLException {
        var twice = altered(lines -> {
            var event = lines.substring(lines.indexOf("{\"table\":\"hotplug_event\""));
            var row = event.substring(event.indexOf('\n') + 1, event.indexOf('\n', event.indexOf('\n') + 1) + 1);
            return lines.replace(row, row + row)
                    .replaceFirst("(?s)(\"hotplug_event\".*?)\\{\"rows\":2}", "$1{\"rows\":3}");
        });
        assertRefused(database, twice, "the database does not take the rows of table hotplug_event: ");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDatabaseThatIsNotEmptyStaysAsItIs(Database database) throws IOException, SQLException {
        var store = Store.of(database);
        assertThat(store.job("--import=" + file(archive)).status()).isZero();
        var before = store.snapshot();
        assertRefused(store, archive, "the database is not empty: there are rows in table ");
        assertThat(store.snapshot()).isEqualTo(before);

        var other = Store.of(database);
        other.database().sql("create table something_else (id integer)").update();
        assertRefused(other, archive, "the database has tables of something else: something_else");
        assertThat(other.tables()).hasSize(1);
    }

    @Test
    void aDatabaseWithTablesAndNoRowsIsEmpty() throws IOException, SQLException {
        var store = Store.of(Database.H2);
        store.start().close();
        assertThat(store.job("--import=" + file(archive)).status()).isZero();
        assertThat(store.snapshot()).isEqualTo(source.snapshot());
        var refused = Store.of(Database.H2);
        refused.start().close();
        assertRefused(
                refused, altered(lines -> lines.replaceFirst(LAST_ROWS, "[]\n")), "has a line in the wrong place");
        assertThat(refused.snapshot().rows().values())
                .allSatisfy(rows -> assertThat(rows).isEmpty());
        assertRefused(
                refused,
                altered(lines -> lines.replaceFirst("\"schemaVersion\":\"\\d+\"", "\"schemaVersion\":\"1\"")),
                "and the archive is of version 1; import into a database without tables");
    }

    @Test
    void filesThatCannotBeReadOrWrittenAreNamed() throws IOException, SQLException {
        var missing = directory.resolve("missing");
        var none = Store.of(Database.H2).job("--import=" + missing);
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.lastLine()).startsWith("crashplug: %s cannot be read: ".formatted(missing));

        var there = file(archive);
        Ended over = source.job("--export=" + there);
        assertThat(over.status()).isEqualTo(2);
        assertThat(over.lastLine()).isEqualTo("crashplug: %s exists already and is not written over".formatted(there));
        assertThat(there).hasBinaryContent(archive);

        var nowhere = missing.resolve("file");
        var unwritable = source.job("--export=" + nowhere);
        assertThat(unwritable.status()).isEqualTo(2);
        assertThat(unwritable.lastLine()).startsWith("crashplug: %s cannot be written: ".formatted(nowhere));

        var empty = Store.of(Database.H2).job("--export=" + directory.resolve("of-nothing"));
        assertThat(empty.status()).isEqualTo(2);
        assertThat(empty.lastLine())
                .isEqualTo("crashplug: nothing was exported: the database has no tables of Crashplug");
        assertThat(directory.resolve("of-nothing")).doesNotExist();
        assertThat(directory.resolve("of-nothing.part")).doesNotExist();
    }
}
