package io.crashplug.header;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.KernelText;
import io.crashplug.machine.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what each program header of an elfcorehdr describes, in the order in which Linux writes them: notes by CPU,
 * vmcoreinfo, kernel text, System RAM.
 */
public final class Descriptions {

    /** Knows nothing of the guest: CPUs are numbered in the order of their notes, text is known by its address. */
    public static final Descriptions OF_UNKNOWN_GUEST = new Descriptions(List.of(), List.of(), Map.of(), null);

    private final List<CpuId> possible;
    private final List<CpuId> present;
    private final Map<Long, CpuId> cpuByNote;
    private final @Nullable KernelText text;

    private Descriptions(
            List<CpuId> possible, List<CpuId> present, Map<Long, CpuId> cpuByNote, @Nullable KernelText text) {
        this.possible = possible;
        this.present = present;
        this.cpuByNote = cpuByNote;
        this.text = text;
    }

    /** Knows the machine. */
    public static Descriptions of(Machine machine) {
        return of(
                machine.cpus().possible(),
                machine.cpus().present(),
                machine.crashNotes(),
                machine.kernel().text());
    }

    static Descriptions of(CpuSet possible, CpuSet present, CrashNotes notes, @Nullable KernelText text) {
        var byNote = new HashMap<Long, CpuId>();
        notes.byCpu().forEach((cpu, address) -> byNote.putIfAbsent(address, cpu));
        return new Descriptions(possible.stream().toList(), present.stream().toList(), byNote, text);
    }

    /** What each of the program headers describes, in their order. */
    public List<String> of(List<Elf64Phdr> phdrs) {
        int notes = (int) phdrs.stream().takeWhile(Elf64Phdr::isNote).count();
        var descriptions = new ArrayList<String>(phdrs.size());
        for (int i = 0; i < phdrs.size(); i++) {
            var phdr = phdrs.get(i);
            if (phdr.isNote()) {
                descriptions.add(i == notes - 1 ? "vmcoreinfo" : "crash_notes of CPU " + cpu(phdr, i, notes - 1));
            } else if (phdr.isLoad()) {
                descriptions.add(i == notes && isText(phdr) ? "kernel text" : "System RAM");
            } else {
                descriptions.add("unknown");
            }
        }
        return descriptions;
    }

    /** How many of the program headers describe System RAM. */
    int memoryRanges(List<Elf64Phdr> phdrs) {
        var loads = phdrs.stream().filter(Elf64Phdr::isLoad).toList();
        return loads.isEmpty() || !isText(loads.get(0)) ? loads.size() : loads.size() - 1;
    }

    private CpuId cpu(Elf64Phdr phdr, int index, int cpuNotes) {
        // A header from elsewhere may have notes behind its memory, which are no CPU's by their place.
        boolean inPlace = index < cpuNotes;
        if (inPlace && cpuNotes == possible.size()) {
            return possible.get(index);
        }
        var byNote = cpuByNote.get(phdr.paddr());
        if (byNote != null) {
            return byNote;
        }
        return inPlace && cpuNotes == present.size() ? present.get(index) : new CpuId(Math.min(index, CpuId.MAX));
    }

    private boolean isText(Elf64Phdr phdr) {
        return text == null ? KernelText.isMappedAt(phdr.vaddr()) : phdr.vaddr() == text.virtualAddress();
    }
}
