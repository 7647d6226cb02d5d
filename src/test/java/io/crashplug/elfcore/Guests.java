package io.crashplug.elfcore;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small guests to build headers of. */
final class Guests {

    static final PhysicalRange CRASH_KERNEL = new PhysicalRange(0x6f000000, 0x7effffff);
    static final long PAGE_OFFSET = 0xffff888000000000L;
    static final KernelText TEXT = new KernelText(0xffffffff81000000L, 0x1000000, 0x2c30000);

    private static final PhysicalRange LOW = new PhysicalRange(0x1000, 0x9fbff);
    private static final long FIRST = 0x1_0000_0000L;
    private static final long BLOCK = 0x800_0000;

    private Guests() {}

    /** One CPU, and after the exclusions this many ranges of memory. */
    static HeaderInputs withRanges(int ranges) {
        return with(1, ranges);
    }

    /** This many possible CPUs, all present, and after the exclusions this many ranges of memory. */
    static HeaderInputs with(int cpus, int ranges) {
        var ram = Stream.concat(
                        Stream.of(LOW),
                        IntStream.range(0, ranges).mapToObj(i -> PhysicalRange.ofSize(FIRST + i * 2 * BLOCK, BLOCK)))
                .toList();
        return with(CpuSet.first(cpus), CpuSet.first(cpus), ram, CrashKernel.NONE);
    }

    static HeaderInputs with(CpuSet possible, CpuSet present, List<PhysicalRange> ram, CrashKernel crashKernel) {
        var notes = new HashMap<CpuId, Long>();
        possible.stream().forEach(cpu -> notes.put(cpu, 0x6ca3d800L + cpu.number() * 0x80000L));
        return new HeaderInputs(
                possible,
                present,
                new CrashNotes(notes),
                CrashNotes.X86_64_SIZE_BYTES,
                new Vmcoreinfo(0x43fa000, Vmcoreinfo.SIZE_BYTES),
                TEXT,
                PAGE_OFFSET,
                CrashMemory.of(ram),
                crashKernel);
    }

    static ElfCoreHeader header(KernelProfile profile, HeaderInputs inputs) {
        return ((HeaderBuild.Built) ElfCoreHeader.build(profile, inputs)).header();
    }

    /** Bytes of a short text form: pairs of hexadecimal digits. */
    static HeaderBytes hex(String digits) {
        return HeaderBytes.of(HexFormat.of().parseHex(digits.replace(" ", "")));
    }
}
