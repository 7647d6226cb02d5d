package io.crashplug.verification;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.Elf64Phdr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/**
 * Which CPUs the notes of a header belong to.
 *
 * @param cpus the CPUs, as far as the notes could be told apart
 * @param notes the known addresses, completed from the header where one was not known
 * @param taken the CPUs whose address was taken from the header
 */
record ListedNotes(CpuSet cpus, CrashNotes notes, CpuSet taken) {

    /** Notes of which nothing is listed, as in a vmcore. */
    static ListedNotes none(CpuSet cpus, CrashNotes known) {
        return new ListedNotes(cpus, known, CpuSet.NONE);
    }

    /**
     * Assigns notes, which ascend by CPU.
     *
     * @param listed the notes of CPUs in the header's order
     * @param possible CPUs that notes may belong to
     * @param present CPUs that notes of unknown address may belong to, unless there is one for each possible CPU
     */
    static ListedNotes of(List<Elf64Phdr> listed, CpuSet possible, CpuSet present, CrashNotes known) {
        var knownAddresses = new HashSet<>(known.byCpu().values());
        boolean ofAll = listed.size() == possible.count();
        var notes = new HashMap<CpuId, Long>(known.byCpu());
        var cpus = new ArrayList<CpuId>();
        var taken = new ArrayList<CpuId>();
        int next = 0;
        for (var cpu : possible.stream().toList()) {
            if (next == listed.size()) {
                break;
            }
            long address = listed.get(next).paddr();
            if (known.given().contains(cpu)) {
                if (!ofAll && known.addressOf(cpu) != address) {
                    continue;
                }
            } else if (ofAll || (present.contains(cpu) && !knownAddresses.contains(address))) {
                notes.put(cpu, address);
                taken.add(cpu);
            } else {
                continue;
            }
            cpus.add(cpu);
            next++;
        }
        return new ListedNotes(CpuSet.of(cpus), new CrashNotes(notes), CpuSet.of(taken));
    }
}
