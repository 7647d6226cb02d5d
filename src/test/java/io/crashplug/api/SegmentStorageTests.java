package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which rows the bytes of segments and the layout take, and which of them an event writes. */
class SegmentStorageTests extends ApiTest {

    private static final int RANGES = 2000;

    private final String machine = newName("storage");

    @Autowired
    private JdbcClient database;

    /** A guest of this many blocks, added as an orchestrator adds them. */
    private void createWithBlocks(int blocks) {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        for (int first = 1; first < blocks; first += 1000) {
            hotplug(machine, SmallGuest.addAll(first, Math.min(1000, blocks - first)));
        }
        load(machine, Requests.FILE_LOAD);
    }

    /** Rows of the machine, by their key, as text that a row keeps until it is written again. */
    private Map<Long, String> rows(String table, String key) {
        return database
                .sql("select %s as row_key, %s as written from %s where machine_id = ?"
                        .formatted(key, Database.TESTED.placeOfRow(), table))
                .param(UUID.fromString(machine(machine).get("id").stringValue()))
                .query((row, number) -> Map.entry(row.getLong("row_key"), row.getString("written")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Where pieces lie and what is in them: H2 leaves a row that is written again in its place. */
    private Map<Long, String> chunks() {
        var chunks = rows("segment_chunk", "chunk_index");
        database.sql("select chunk_index, bytes from segment_chunk where machine_id = ?")
                .param(UUID.fromString(machine(machine).get("id").stringValue()))
                .query(row -> {
                    var sha256 = HeaderBytes.of(row.getBytes("bytes")).sha256();
                    chunks.merge(row.getLong("chunk_index"), sha256, String::concat);
                });
        return chunks;
    }

    private List<Integer> chunkSizes() {
        return database.sql("select octet_length(bytes) from segment_chunk where machine_id = ? order by chunk_index")
                .param(UUID.fromString(machine(machine).get("id").stringValue()))
                .query(Integer.class)
                .list();
    }

    private static List<Long> written(Map<Long, String> before, Map<Long, String> after) {
        return after.entrySet().stream()
                .filter(row -> !row.getValue().equals(before.get(row.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Test
    void aLargeSegmentIsStoredWithoutTheZerosBehindItsHeader() {
        createWithBlocks(1);

        // 64 + 56 * (2 + 8 + 16,384) bytes, in whole pages.
        assertThat(segment(machine)).hasSize(921_600);
        int phdrs = elfcorehdr(machine).get("phdrCount").intValue();
        assertThat(chunkSizes()).hasSize(1).allMatch(size -> size <= 64 + 56 * phdrs);
    }

    @Test
    void aHeaderOfManyRangesTakesAPieceForEach16KiB() {
        createWithBlocks(RANGES);

        int phdrs = elfcorehdr(machine).get("phdrCount").intValue();
        int used = 64 + 56 * phdrs;
        assertThat(phdrs).isEqualTo(8 + 1 + 1 + 2 + RANGES);
        // Each piece is stored without the zeros at its own end, of which a program header has up to 15.
        assertThat(chunkSizes()).hasSize(7).allMatch(size -> size <= 16_384);
        assertThat(chunkSizes().stream().mapToInt(Integer::intValue).sum()).isBetween(used - 7 * 15, used);
    }

    @Test
    void anEventWritesOnlyThePiecesAndRangesThatChange() {
        createWithBlocks(RANGES);
        var chunks = chunks();
        var ranges = rows("system_ram", "first_byte");

        hotplug(machine, SmallGuest.addAll(RANGES, 1));

        // The number of program headers stands in the first piece, the new one in the last.
        assertThat(written(chunks, chunks())).containsExactly(0L, 6L);
        assertThat(written(ranges, rows("system_ram", "first_byte")))
                .containsExactly(SmallGuest.block(RANGES).start());

        // All headers behind a removed one move up.
        var more = chunks();
        hotplug(machine, Requests.changeSet(SmallGuest.remove(1200)));
        assertThat(written(more, chunks())).containsExactly(0L, 4L, 5L, 6L);

        var same = chunks();
        hotplug(machine, "{\"changes\": [{\"action\": \"OFFLINE_MEMORY\", \"deviceId\": \"d0\"}]}");
        assertThat(chunks()).isEqualTo(same);
        assertThat(rows("system_ram", "first_byte")).hasSize(RANGES + 2);
    }

    @Test
    void unloadingLeavesNoBytesBehind() {
        createWithBlocks(1);

        assertThat(api().delete("/machines/{machine}/crash-image", machine).statusCode())
                .isEqualTo(204);

        assertThat(chunks()).isEmpty();
        assertThat(api().delete("/machines/{machine}/crash-image", machine).statusCode())
                .isEqualTo(404);
    }
}
