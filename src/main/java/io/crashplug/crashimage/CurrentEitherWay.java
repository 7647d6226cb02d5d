package io.crashplug.crashimage;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Memory that is plugged but wholly offline, and under RFC v2 CPUs that are present but offline, are listed by some
 * rebuilds and not by others. A header is current with either: this rebuilds it with those of them that it does list.
 */
final class CurrentEitherWay {

    private CurrentEitherWay() {}

    /**
     * Whether the segment holds a rebuild of the layout with or without what is offline.
     *
     * @param inForce the header that the segment holds
     */
    static boolean holds(Machine machine, Layout layout, SegmentContent content, DecodedHeader inForce) {
        boolean someMemory = layout.memory().ranges().stream().anyMatch(range -> !range.online());
        var offlineCpus = layout.cpus().present().minus(layout.cpus().online());
        if (!someMemory && offlineCpus.isEmpty()) {
            return false;
        }
        return rebuilt(machine, layout, inForce.phdrs(), offlineCpus) instanceof HeaderBuild.Built built
                && content.startsWith(built.header().bytes());
    }

    private static HeaderBuild rebuilt(Machine machine, Layout layout, List<Elf64Phdr> listed, CpuSet offlineCpus) {
        var starts = listed.stream()
                .filter(Elf64Phdr::isLoad)
                .map(Elf64Phdr::paddr)
                .collect(Collectors.toCollection(TreeSet::new));
        var memory = layout.memory().ranges().stream()
                .filter(range -> range.online() || isListed(range.range(), starts))
                .map(InstalledRange::range)
                .toList();
        // The last note is vmcoreinfo's. A CPU whose note is not known cannot be told from another: as many of the
        // offline CPUs are taken as unlisted as there are notes too few.
        var notes =
                listed.stream().filter(Elf64Phdr::isNote).map(Elf64Phdr::paddr).toList();
        var listedNotes = new HashSet<>(notes);
        long tooFew = layout.cpus().present().count() - (notes.size() - 1L);
        var unlisted = CpuSet.of(Stream.concat(
                        offlineCpus.stream()
                                .filter(cpu -> !listedNotes.contains(
                                        machine.crashNotes().addressOf(cpu))),
                        offlineCpus.stream()
                                .filter(cpu -> listedNotes.contains(
                                        machine.crashNotes().addressOf(cpu))))
                .limit(Math.max(0, tooFew))
                .toList());
        return ElfCoreHeader.build(
                machine.kernel().profile(), machine.headerInputs(layout.cpus(), CrashMemory.of(memory)), unlisted);
    }

    private static boolean isListed(PhysicalRange range, NavigableSet<Long> starts) {
        var first = starts.ceiling(range.start());
        return first != null && first <= range.end();
    }
}
