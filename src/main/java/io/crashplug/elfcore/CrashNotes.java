package io.crashplug.elfcore;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where each CPU's {@code crash_notes} buffer lies in guest-physical memory. A CPU whose address is not known counts
 * as address 0, as a kernel would print for a buffer it never allocated.
 */
public final class CrashNotes {

    /** sizeof(note_buf_t) on x86_64: two note headers, "CORE" and struct elf_prstatus (include/linux/kexec.h, Linux 6.6). */
    public static final long X86_64_SIZE_BYTES = 368;

    public static final CrashNotes NONE = new CrashNotes(Map.of());

    private final long[] addresses;
    private final CpuSet given;

    public CrashNotes(Map<CpuId, Long> byCpu) {
        given = CpuSet.of(byCpu.keySet());
        addresses =
                new long[byCpu.keySet().stream().mapToInt(CpuId::number).max().orElse(-1) + 1];
        byCpu.forEach((cpu, address) -> addresses[cpu.number()] = address);
    }

    /** The address of the CPU's notes, unsigned; 0 if it is not known. */
    public long addressOf(CpuId cpu) {
        return addressOf(cpu.number());
    }

    long addressOf(int cpu) {
        return cpu < addresses.length ? addresses[cpu] : 0;
    }

    /** The CPUs whose address is known. */
    public CpuSet given() {
        return given;
    }

    /** The known addresses by CPU, ascending. */
    public SortedMap<CpuId, Long> byCpu() {
        var notes = new TreeMap<CpuId, Long>();
        given.stream().forEach(cpu -> notes.put(cpu, addressOf(cpu)));
        return notes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CrashNotes that && given.equals(that.given) && Arrays.equals(addresses, that.addresses);
    }

    @Override
    public int hashCode() {
        return 31 * given.hashCode() + Arrays.hashCode(addresses);
    }

    @Override
    public String toString() {
        return "crash_notes of CPUs " + given;
    }
}
