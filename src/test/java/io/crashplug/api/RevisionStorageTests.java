package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.PhysicalRange;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What revisions of a large machine cost to keep. */
class RevisionStorageTests extends ApiTest {

    private static final int RANGES = 8192;
    private static final int ADDED = 150;
    private static final int MOST_BYTES = 2048;

    @Test
    void oneMoreRangeOfEightThousandCostsTwoKibibytesAtMost() {
        var given = SharedMachine.described("large");
        var machine = SharedMachine.nameOf(given);
        ((ObjectNode) given.get("kernel")).put("crashMaxMemoryRanges", 2 * RANGES);
        var ram = ((ObjectNode) given.get("memory")).putArray("systemRam");
        for (int i = 0; i < RANGES; i++) {
            var range = block(2 * i);
            ram.addObject().put("start", Requests.hex(range.start())).put("end", Requests.hex(range.end()));
        }
        create(given);
        load(machine, Requests.FILE_LOAD);
        var sha256 = new ArrayList<String>();
        sha256.add(HeaderBytes.of(header(machine)).sha256());
        var gaps = new ArrayList<Integer>();
        for (int i = 0; i < RANGES; i++) {
            gaps.add(2 * i + 1);
        }
        Collections.shuffle(gaps, new Random(6));
        for (int i = 0; i < ADDED; i++) {
            hotplug(machine, Requests.changeSet(Requests.memory("ADD_MEMORY", block(gaps.get(i)))));
            sha256.add(elfcorehdr(machine).get("sha256").stringValue());
        }
        var revisions = body(
                        api().get("/machines/%s/elfcorehdr/revisions?order=asc&pageSize=500".formatted(machine)), 200)
                .get("items");
        assertThat(revisions).hasSize(ADDED + 1);
        assertThat(revisions
                        .valueStream()
                        .mapToInt(revision -> revision.get("storedBytes").intValue())
                        .average()
                        .orElseThrow())
                .isLessThan(MOST_BYTES);
        for (int i = 0; i <= ADDED; i += 25) {
            var bytes = api().accept(ContentType.BINARY)
                    .get("/machines/%s/elfcorehdr/revisions/%d".formatted(machine, i + 1))
                    .asByteArray();
            assertThat(HeaderBytes.of(bytes).sha256()).isEqualTo(sha256.get(i));
        }
    }

    private static PhysicalRange block(int i) {
        return PhysicalRange.ofSize((1L << 32) + ((long) i << 27), 1L << 27);
    }
}
