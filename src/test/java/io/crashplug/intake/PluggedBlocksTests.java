package io.crashplug.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluggedBlocksTests {

    private static final PhysicalRange USABLE = new PhysicalRange(0x10, 0x8f);

    private static List<PhysicalRange> ranges(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(range -> range.split("-"))
                        .map(ends -> new PhysicalRange(Long.parseLong(ends[0], 16), Long.parseLong(ends[1], 16)))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                             | 20 |             | 10-2f
            10-1f 40-4f      | 20 |             |
            10-1f 40-4f      | 30 |             | 20-2f
            20-2f 40-4f      | 50 |             | 10-1f 30-3f 50-5f
            10-1f 40-4f      | 80 |             | 20-3f 50-8f
            10-1f 40-4f      | 90 |             | 20-3f 50-8f
            10-1f 40-5f      | 8  | 40-5f 18-1f |
            10-1f 40-5f      | 28 | 58-5f       |
            10-1f 40-5f      | 0  | 40-5f 10-1f |
            10-1f 30-9f      | 30 | 90-9f 50-8f |
            0-1f 80-9f a0-af | 20 | 0-f 90-9f a0-af |
            0-f 100-10f      | 10 | 0-f 100-10f | 10-1f
            """)
    void whatIsKnownStaysAsFarAsItGoes(String known, String bytes, String removed, String added) {
        var device = new MemoryDevice(MemoryDevice.Type.VIRTIO_MEM, "vm0", null, null);
        var changes = between(known, bytes, device);
        assertThat(changes.removed()).containsExactlyElementsOf(ranges(removed));
        assertThat(changes.added().stream().map(InstalledRange::range)).containsExactlyElementsOf(ranges(added));
        assertThat(changes.added()).allMatch(range -> device.equals(range.device()));
    }

    /** Of these it was not known what device they are of. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10-1f 40-4f | 20 |             |
            10-1f 40-4f | 30 | 10-1f 40-4f | 10-1f 40-4f 20-2f
            10-1f 40-4f | 18 | 10-1f 40-4f | 10-1f 40-47
            10-1f 40-4f | 8  | 10-1f 40-4f | 10-17
            """)
    void theyAreMadeTheDevicesWhenAnyChange(String known, String bytes, String removed, String added) {
        var changes = between(known, bytes, null);
        assertThat(changes.removed()).isEqualTo(ranges(removed));
        assertThat(changes.added().stream().map(InstalledRange::range)).containsExactlyElementsOf(ranges(added));
    }

    private static PluggedBlocks between(String known, String bytes, @Nullable MemoryDevice device) {
        return PluggedBlocks.between(
                ranges(known).stream()
                        .map(range -> InstalledRange.of(range, true, device))
                        .toList(),
                new MemoryDevice(MemoryDevice.Type.VIRTIO_MEM, "vm0", null, null),
                USABLE,
                Long.parseLong(bytes, 16));
    }
}
