package io.crashplug.elfcore;

import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The guests that bench/elfcore_floor.c builds headers of, in its order. */
public enum FloorLayout {
    CPUS_8_RANGES_16(8, 16),
    CPUS_64_RANGES_512(64, 512),
    CPUS_512_RANGES_2048(512, 2048),
    CPUS_512_RANGES_8192(512, 8192);

    private static final long FIRST_NOTE = 0x6ca3d800;
    private static final long NOTE_DISTANCE = 0x80000;
    private static final long PAGE_OFFSET_4LEVEL = 0xffff888000000000L;
    private static final List<PhysicalRange> BELOW_4_GIB =
            List.of(new PhysicalRange(0x1000, 0x9fbff), new PhysicalRange(0x100000, 0x7ffddfff));
    private static final PhysicalRange RESERVATION = new PhysicalRange(0x6f000000, 0x7effffff);

    private final int cpus;
    private final int ranges;

    FloorLayout(int cpus, int ranges) {
        this.cpus = cpus;
        this.ranges = ranges;
    }

    int cpus() {
        return cpus;
    }

    /** Ranges of System RAM, before the exclusions. */
    int ranges() {
        return ranges;
    }

    HeaderInputs inputs() {
        var possible = CpuSet.first(cpus);
        var notes = new HashMap<CpuId, Long>();
        possible.stream().forEach(cpu -> notes.put(cpu, FIRST_NOTE + cpu.number() * NOTE_DISTANCE));
        var above = IntStream.range(0, ranges - BELOW_4_GIB.size())
                .mapToObj(i -> PhysicalRange.ofSize(0x1_0000_0000L + i * 0x1000_0000L, 0x800_0000));
        return new HeaderInputs(
                possible,
                possible,
                new CrashNotes(notes),
                CrashNotes.X86_64_SIZE_BYTES,
                new Vmcoreinfo(0x43fa000, Vmcoreinfo.SIZE_BYTES),
                new KernelText(0xffffffff81000000L, 0x1000000, 0x2c30000),
                PAGE_OFFSET_4LEVEL,
                CrashMemory.of(Stream.concat(BELOW_4_GIB.stream(), above).toList()),
                new CrashKernel(RESERVATION, null, List.of()));
    }
}
