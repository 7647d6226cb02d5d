package io.crashplug.elfcore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes one header's bytes: notes by CPU, vmcoreinfo, kernel text, System RAM, then zeros up to a whole page. */
final class HeaderWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long NOTE_TYPE = Elf64Phdr.PT_NOTE;
    private static final long LOAD_TYPE = Elf64Phdr.PT_LOAD | (long) Elf64Phdr.PF_RWX << Integer.SIZE;

    private final HeaderInputs inputs;
    private final int[] cpus;
    private final RangeArray memory;
    private final int phdrSlots;

    HeaderWriter(HeaderInputs inputs, CpuSet cpus, RangeArray memory) {
        this.inputs = inputs;
        this.cpus = cpus.numbers().toArray();
        this.memory = memory;
        // As Linux does: possible CPUs count even where only present ones are listed, kernel text even where it is not.
        this.phdrSlots = inputs.possible().count() + 1 + 1 + memory.count();
    }

    int elfsz() {
        return (int) Pages.roundUp(Elf64Ehdr.SIZE_BYTES + (long) Elf64Phdr.SIZE_BYTES * phdrSlots);
    }

    int phdrSlots() {
        return phdrSlots;
    }

    int phdrCount() {
        return cpus.length + 1 + (inputs.text() == null ? 0 : 1) + memory.count();
    }

    int memoryRanges() {
        return memory.count();
    }

    /** Writes {@link #elfsz()} bytes at the start of {@code buffer}, whatever it held before. */
    void writeTo(byte[] buffer) {
        int used = Elf64Ehdr.SIZE_BYTES + Elf64Phdr.SIZE_BYTES * phdrCount();
        Elf64Ehdr.ofCore(phdrCount()).writeTo(buffer);
        int at = Elf64Ehdr.SIZE_BYTES;
        for (int cpu : cpus) {
            long address = inputs.notes().addressOf(cpu);
            at = write(buffer, at, NOTE_TYPE, address, 0, inputs.noteSizeBytes());
        }
        var vmcoreinfo = inputs.vmcoreinfo();
        at = write(buffer, at, NOTE_TYPE, vmcoreinfo.address(), 0, vmcoreinfo.sizeBytes());
        var text = inputs.text();
        if (text != null) {
            at = write(buffer, at, LOAD_TYPE, text.physicalAddress(), text.virtualAddress(), text.sizeBytes());
        }
        long pageOffset = inputs.pageOffset();
        for (int i = 0; i < memory.count(); i++) {
            long start = memory.start(i);
            at = write(buffer, at, LOAD_TYPE, start, start + pageOffset, memory.end(i) - start + 1);
        }
        Arrays.fill(buffer, used, elfsz(), (byte) 0);
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
