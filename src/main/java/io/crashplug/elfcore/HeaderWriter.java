package io.crashplug.elfcore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Writes one header's bytes: notes by CPU, vmcoreinfo, kernel text, System RAM, then zeros up to a whole page. */
final class HeaderWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long NOTE_TYPE = Elf64Phdr.PT_NOTE;
    private static final long LOAD_TYPE = Elf64Phdr.PT_LOAD | (long) Elf64Phdr.PF_RWX << Integer.SIZE;

    private final HeaderInputs inputs;
    private final CpuSet cpus;
    private final RangeArray memory;
    private final PhdrSlots phdrSlots;

    HeaderWriter(HeaderInputs inputs, CpuSet cpus, RangeArray memory) {
        this.inputs = inputs;
        this.cpus = cpus;
        this.memory = memory;
        this.phdrSlots = PhdrSlots.of(inputs.possible().count(), memory.count());
    }

    int elfsz() {
        return (int) phdrSlots.elfsz();
    }

    PhdrSlots phdrSlots() {
        return phdrSlots;
    }

    int phdrCount() {
        return cpus.count() + 1 + (inputs.text() == null ? 0 : 1) + memory.count();
    }

    int memoryRanges() {
        return memory.count();
    }

    /** Writes {@link #elfsz()} bytes at the start of {@code buffer}, whatever it held before. */
    void writeTo(byte[] buffer) {
        Elf64Ehdr.ofCore(phdrCount()).writeTo(buffer);
        int at = Elf64Ehdr.SIZE_BYTES;
        for (int first = cpus.nextSet(0); first >= 0; ) {
            int end = cpus.nextClear(first);
            at = writeNotes(buffer, at, inputs.notes(), first, end, inputs.noteSizeBytes());
            first = cpus.nextSet(end);
        }
        var vmcoreinfo = inputs.vmcoreinfo();
        at = write(buffer, at, NOTE_TYPE, vmcoreinfo.address(), 0, vmcoreinfo.sizeBytes());
        var text = inputs.text();
        if (text != null) {
            at = write(buffer, at, LOAD_TYPE, text.physicalAddress(), text.virtualAddress(), text.sizeBytes());
        }
        for (var piece : memory.pieces()) {
            at = writeMemory(buffer, at, piece, inputs.pageOffset());
        }
        Arrays.fill(buffer, at, elfsz(), (byte) 0);
    }

    private static int writeNotes(byte[] buffer, int at, CrashNotes notes, int first, int end, long size) {
        for (int cpu = first; cpu < end; cpu++) {
            at = write(buffer, at, NOTE_TYPE, notes.addressOf(cpu), 0, size);
        }
        return at;
    }

    private static int writeMemory(byte[] buffer, int at, LongBuffer bounds, long pageOffset) {
        for (int i = bounds.position(); i < bounds.limit(); i += 2) {
            long start = bounds.get(i);
            at = write(buffer, at, LOAD_TYPE, start, start + pageOffset, bounds.get(i + 1) - start + 1);
        }
        return at;
    }

    private static int write(byte[] buffer, int at, long typeAndFlags, long physical, long virtual, long size) {
        LONG.set(buffer, at, typeAndFlags);
        // p_offset is a physical address here, not a file offset: the capture kernel reads old memory through it
        // (fs/proc/vmcore.c, Linux 6.6).
        LONG.set(buffer, at + 8, physical);
        LONG.set(buffer, at + 16, virtual);
        LONG.set(buffer, at + 24, physical);
        LONG.set(buffer, at + 32, size);
        LONG.set(buffer, at + 40, size);
        LONG.set(buffer, at + 48, 0L);
        return at + Elf64Phdr.SIZE_BYTES;
    }
}
