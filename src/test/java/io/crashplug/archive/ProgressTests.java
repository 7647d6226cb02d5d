package io.crashplug.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What is said to those who wait. */
class ProgressTests {

    @Test
    void itCountsTheRowsOfATableAndAllOfThem() {
        var lines = new ArrayList<String>();
        var progress = Progress.always(lines::add);
        progress.row("machine", 1, 100);
        progress.row("system_ram", 1, 250);
        assertThat(lines)
                .containsExactly(
                        "machine: 1 rows, in all 1 rows, 100 bytes", "system_ram: 1 rows, in all 2 rows, 250 bytes");
    }

    @Test
    void aShortWorkIsDoneInSilence() {
        var lines = new ArrayList<String>();
        Progress.everyFewSeconds(lines::add).row("machine", 1, 100);
        assertThat(lines).isEmpty();
    }
}
