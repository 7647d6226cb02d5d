package io.crashplug.elfcore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A random guest whose memory lies on a ruler, so that a model may treat every mark alone.
 *
 * @param unit bytes between two marks above the first MiB
 */
public record RandomLayout(
        long unit,
        List<Marks> ram,
        @Nullable Marks high,
        @Nullable Marks low,
        List<Marks> cma,
        CpuSet possible,
        CpuSet present,
        CpuSet goingOffline,
        CrashNotes notes,
        long noteSizeBytes,
        Vmcoreinfo vmcoreinfo,
        @Nullable KernelText text,
        long pageOffset) {

    static final int MARKS = 64;
    static final int MAX_CPU = 255;

    /** The mark of the first byte above the first MiB. */
    static final int MIB = 16;

    private static final int[] UNIT_BITS = {0, 1, 12, 27, 30, 44};

    /** Part of the ruler, both marks inclusive. */
    public record Marks(int first, int last) {}

    /** A layout with CPUs numbered up to {@code maxCpu}, which is at most {@link #MAX_CPU}. */
    public static RandomLayout next(Random random, int maxCpu) {
        var possible = cpus(random, maxCpu, 0.7);
        var present = possible.minus(cpus(random, maxCpu, 0.3));
        var notes = new HashMap<CpuId, Long>();
        possible.minus(cpus(random, maxCpu, 0.1)).stream().forEach(cpu -> notes.put(cpu, random.nextLong()));
        return new RandomLayout(
                1L << UNIT_BITS[random.nextInt(UNIT_BITS.length)],
                ram(random),
                random.nextInt(8) == 0 ? null : marks(random),
                random.nextInt(2) == 0 ? null : marks(random),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> marks(random))
                        .toList(),
                possible,
                present,
                cpus(random, maxCpu, 0.1),
                new CrashNotes(notes),
                random.nextInt(5) * 184L,
                new Vmcoreinfo(random.nextLong(), Vmcoreinfo.SIZE_BYTES),
                random.nextInt(8) == 0
                        ? null
                        : new KernelText(random.nextLong(), random.nextLong(), random.nextInt(1 << 30)),
                random.nextLong());
    }

    private static List<Marks> ram(Random random) {
        var ram = new ArrayList<Marks>();
        int longest = 1 + random.nextInt(20);
        for (int mark = random.nextInt(20); mark < MARKS; ) {
            int last = Math.min(mark + random.nextInt(longest), MARKS - 1);
            ram.add(new Marks(mark, last));
            // A gap of 0 puts the next range right behind this one.
            mark = last + 1 + random.nextInt(4);
        }
        return random.nextInt(200) == 0 ? List.of() : ram;
    }

    private static Marks marks(Random random) {
        int first = random.nextInt(MARKS);
        return new Marks(first, Math.min(first + random.nextInt(24), MARKS - 1));
    }

    private static CpuSet cpus(Random random, int maxCpu, double share) {
        return CpuSet.of(IntStream.rangeClosed(0, maxCpu)
                .filter(cpu -> random.nextDouble() < share)
                .mapToObj(CpuId::new)
                .toList());
    }

    long start(Marks marks) {
        return address(marks.first());
    }

    long end(Marks marks) {
        return address(marks.last() + 1) - 1;
    }

    private long address(int mark) {
        return mark <= MIB ? mark * 0x10000L : 0x100000 + (mark - MIB) * unit;
    }

    public HeaderInputs inputs() {
        return new HeaderInputs(
                possible,
                present,
                notes,
                noteSizeBytes,
                vmcoreinfo,
                text,
                pageOffset,
                CrashMemory.of(ram.stream().map(this::range).toList()),
                new CrashKernel(
                        high == null ? null : range(high),
                        low == null ? null : range(low),
                        cma.stream().map(this::range).toList()));
    }

    private PhysicalRange range(Marks marks) {
        return new PhysicalRange(start(marks), end(marks));
    }
}
