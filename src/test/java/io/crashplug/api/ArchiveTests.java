package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All that is stored, exported and imported elsewhere. */
class ArchiveTests {

    @TempDir
    private Path directory;

    static Stream<Arguments> directions() {
        return Stream.of(Database.values())
                .flatMap(from -> Stream.of(Database.values()).map(to -> Arguments.of(from, to)));
    }

    private Path export(Store store, String name) {
        var file = directory.resolve(name);
        var ended = store.job("--export=" + file);
        assertThat(ended.status()).as(ended::err).isZero();
        return file;
    }

    private static Store imported(Path file, Database database) throws IOException, SQLException {
        var store = Store.of(database);
        var ended = store.job("--import=" + file);
        assertThat(ended.status()).as(ended::err).isZero();
        return store;
    }

    /** The rows of an archive, by table. */
    private static Map<String, List<String>> rows(byte[] archive) throws IOException {
        var rows = new TreeMap<String, List<String>>();
        var lines = new String(
                        new ZstdInputStream(new ByteArrayInputStream(archive)).readAllBytes(), StandardCharsets.UTF_8)
                .split("\n");
        String table = "";
        for (var line : lines) {
            if (line.startsWith("{\"table\":")) {
                table = line;
                rows.put(table, new ArrayList<>());
            } else if (line.startsWith("[")) {
                rows.get(table).add(line);
            }
        }
        rows.values().forEach(list -> list.sort(null));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("directions")
    void everythingIsThereOnTheOtherSide(Database from, Database to)
            throws IOException, SQLException, InterruptedException {
        var source = FilledStore.on(from);
        var file = export(source.store(), "everything.jsonl.zst");
        var target = imported(file, to);
        assertThat(target.snapshot()).isEqualTo(source.store().snapshot());
        assertThat(rows(target.job("--export=-").out())).isEqualTo(rows(Files.readAllBytes(file)));
        try (var service = target.start()) {
            var http = Store.client(service);
            assertThat(EverythingStored.answers(http)).isEqualTo(source.answers());
            theKeyIsKnown(http);
            EverythingStored.assertGoesOn(http);
        }
    }

    private static void theKeyIsKnown(PlainClient http) throws IOException, InterruptedException {
        var again = http.send(
                "POST",
                EverythingStored.KEYED_PATH,
                EverythingStored.KEYED,
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                EverythingStored.KEY);
        assertThat(again.json()).isEqualTo(EverythingStored.lastEntry(http));
        assertThat(again.response().headers().firstValue("Idempotency-Replayed"))
                .contains("true");
    }

    /** If this fails for a new table or column: have {@link EverythingStored} store something there. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void everyTableAndColumnIsExportedWithAValue(Database database) throws IOException {
        var source = FilledStore.on(database).store();
        var exported = rows(Files.readAllBytes(export(source, "tables.jsonl.zst")));
        var names = exported.keySet().stream()
                .map(line -> ApiTest.JSON.readTree(line).get("table").stringValue())
                .toList();
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(source.tables().stream()
                        .map(table -> table.toLowerCase(java.util.Locale.ROOT))
                        .filter(table -> !table.equals("flyway_schema_history"))
                        .toList());
        var without = new ArrayList<String>();
        exported.forEach((table, rows) -> {
            var columns = ApiTest.JSON.readTree(table).get("columns").propertyNames().stream()
                    .toList();
            for (int i = 0; i < columns.size(); i++) {
                int column = i;
                if (rows.stream()
                        .allMatch(row -> ApiTest.JSON.readTree(row).get(column).isNull())) {
                    without.add(ApiTest.JSON.readTree(table).get("table").stringValue() + "." + columns.get(i));
                }
            }
        });
        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void noNumberIsCountedOutsideOfTheTables(Database database) throws IOException {
        assertThat(FilledStore.on(database)
                        .store()
                        .database()
                        .sql(
                                "select count(*) from information_schema.sequences where upper(sequence_schema) = 'PUBLIC'")
                        .query(Integer.class)
                        .single())
                .as("sequences, which an archive does not have")
                .isZero();
    }

    @Test
    void theChecksumIsThatOfTheFileBeforeTheSeal() throws IOException {
        var store = FilledStore.on(Database.H2).store();
        var file = directory.resolve("sealed.jsonl.zst");
        var ended = store.job("--export=" + file);
        var bytes = Files.readAllBytes(file);
        assertThat(ended.lastLine()).startsWith("exported 22 tables, ").endsWith(sha256(bytes, 0));
        assertThat(HexFormat.of().formatHex(bytes, bytes.length - 32, bytes.length))
                .isEqualTo(sha256(bytes, 40));
    }

    private static String sha256(byte[] bytes, int without) {
        return io.crashplug.elfcore.HeaderBytes.of(java.util.Arrays.copyOf(bytes, bytes.length - without))
                .sha256();
    }
}
