package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ElfMagicScanTests {

    @Test
    void theSegmentWithTheMagicIsFound() {
        assertThat(find("00", "7f454c460201", "90")).isEqualTo(1);
    }

    @Test
    void theLastOfSeveralWins() {
        assertThat(find("7f454c46", "90", "7f454c46", "90")).isEqualTo(2);
    }

    @Test
    void withoutTheMagicThereIsNone() {
        assertThat(find("7f454c", "90", "007f454c46")).isEqualTo(-1);
        assertThat(find()).isEqualTo(-1);
    }

    private static int find(String... segments) {
        return ElfMagicScan.find(Arrays.stream(segments)
                .map(segment -> SegmentContent.of(Guests.hex(segment), 0x1000))
                .toList());
    }
}
