package io.crashplug.elfcore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the inputs of a build are kept. It is made to be compressed: equal neighbours give equal bytes, and
 * an added range changes two numbers.
 *
 * <pre>
 *   version          1
 *   profile          text, its name
 *   possible         text, the kernel's list syntax
 *   present          text
 *   goingOffline     text
 *   notes            text, the CPUs whose address is known; then by CPU, ascending, a difference to the address before, the first to 0
 *   noteSizeBytes    number
 *   vmcoreinfo       number, address; number, sizeBytes
 *   text             0, or 1 and three numbers: virtualAddress, physicalAddress, sizeBytes
 *   pageOffset       number
 *   systemRam        number of ranges; then of each, ascending, two numbers: start less the byte after the range before (the
 *                    first: start), end less start
 *   crashKernel      high and low: 0, or 1 and a range; CMA: number of ranges, and the ranges
 *
 *   number           unsigned 64 bits, seven in a byte from the lowest on, the highest bit set in all bytes but the last
 *   difference       signed 64 bits as the number 2d, or -2d - 1 where it is negative
 *   text             number of bytes, and the bytes, ASCII
 *   range            two numbers: start, end less start
 * </pre>
 */
final class InputsFormat {

    private static final int VERSION = 1;

    private InputsFormat() {}

    static HeaderBytes encode(BuildInputs inputs) {
        var guest = inputs.guest();
        var out = new InputsWriter();
        out.number(VERSION);
        out.text(inputs.profile().name());
        out.text(guest.possible().toString());
        out.text(guest.present().toString());
        out.text(inputs.goingOffline().toString());
        writeNotes(out, guest.notes());
        out.number(guest.noteSizeBytes());
        out.number(guest.vmcoreinfo().address());
        out.number(guest.vmcoreinfo().sizeBytes());
        var text = guest.text();
        out.number(text == null ? 0 : 1);
        if (text != null) {
            out.number(text.virtualAddress());
            out.number(text.physicalAddress());
            out.number(text.sizeBytes());
        }
        out.number(guest.pageOffset());
        writeMemory(out, guest.systemRam());
        var crashKernel = guest.crashKernel();
        writeOptional(out, crashKernel.high());
        writeOptional(out, crashKernel.low());
        out.number(crashKernel.cma().size());
        crashKernel.cma().forEach(range -> write(out, range));
        return out.bytes();
    }

    private static void writeNotes(InputsWriter out, CrashNotes notes) {
        var known = notes.given();
        out.text(known.toString());
        long before = 0;
        for (int cpu = known.nextSet(0); cpu >= 0; cpu = known.nextSet(cpu + 1)) {
            long address = notes.addressOf(cpu);
            out.difference(address - before);
            before = address;
        }
    }

    private static void writeMemory(InputsWriter out, CrashMemory memory) {
        var ranges = memory.toArray(memory.count());
        out.number(ranges.count());
        long next = 0;
        for (int i = 0; i < ranges.count(); i++) {
            out.number(ranges.start(i) - next);
            out.number(ranges.end(i) - ranges.start(i));
            next = ranges.end(i) + 1;
        }
    }

    private static void writeOptional(InputsWriter out, @Nullable PhysicalRange range) {
        out.number(range == null ? 0 : 1);
        if (range != null) {
            write(out, range);
        }
    }

    private static void write(InputsWriter out, PhysicalRange range) {
        out.number(range.start());
        out.number(range.end() - range.start());
    }

    static BuildInputs decode(HeaderBytes bytes) {
        var in = new InputsReader(bytes);
        long version = in.number();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "inputs of version %s are not known".formatted(Long.toUnsignedString(version)));
        }
        var profile = KernelProfile.valueOf(in.text());
        var possible = CpuSet.parse(in.text());
        var present = CpuSet.parse(in.text());
        var goingOffline = CpuSet.parse(in.text());
        var guest = new HeaderInputs(
                possible,
                present,
                readNotes(in),
                in.number(),
                new Vmcoreinfo(in.number(), in.number()),
                in.flag() ? new KernelText(in.number(), in.number(), in.number()) : null,
                in.number(),
                readMemory(in),
                new CrashKernel(readOptional(in), readOptional(in), readRanges(in)));
        in.requireEnd();
        return new BuildInputs(profile, guest, goingOffline);
    }

    private static CrashNotes readNotes(InputsReader in) {
        var byCpu = new HashMap<CpuId, Long>();
        long address = 0;
        for (var cpu : CpuSet.parse(in.text()).stream().toList()) {
            address += in.difference();
            byCpu.put(cpu, address);
        }
        return new CrashNotes(byCpu);
    }

    private static CrashMemory readMemory(InputsReader in) {
        int count = in.count();
        var ranges = new ArrayList<PhysicalRange>(count);
        long next = 0;
        for (int i = 0; i < count; i++) {
            long start = next + in.number();
            long end = start + in.number();
            ranges.add(new PhysicalRange(start, end));
            next = end + 1;
        }
        return CrashMemory.of(ranges);
    }

    private static @Nullable PhysicalRange readOptional(InputsReader in) {
        return in.flag() ? readRange(in) : null;
    }

    private static List<PhysicalRange> readRanges(InputsReader in) {
        int count = in.count();
        var ranges = new ArrayList<PhysicalRange>(count);
        for (int i = 0; i < count; i++) {
            ranges.add(readRange(in));
        }
        return ranges;
    }

    private static PhysicalRange readRange(InputsReader in) {
        long start = in.number();
        return new PhysicalRange(start, start + in.number());
    }
}
