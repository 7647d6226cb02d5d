package io.crashplug.intake;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.ExcludeRule;
import io.crashplug.elfcore.ListedCpus;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import io.crashplug.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a header tells of a layout of which the parts that it leaves out are known. */
final class HeaderOverLayout {

    static final PhysicalRange LOW_1M = new PhysicalRange(0, HeaderFacts.LOW_1M_BYTES - 1);

    private final Machine machine;
    private final Layout before;

    HeaderOverLayout(Machine machine, Layout before) {
        this.machine = machine;
        this.before = before;
    }

    /** The CPUs whose notes it lists, where that tells which are present; null where it does not. */
    @Nullable
    CpuSet present(HeaderFacts facts) {
        // RFC v2 leaves out CPUs that are present, but go offline.
        boolean ofPresent = facts.fromKexecTools() || machine.kernel().profile().listedCpus() == ListedCpus.PRESENT;
        var listedNotes = new HashSet<>(facts.cpuNotes());
        var cpus = CpuSet.of(machine.crashNotes().byCpu().entrySet().stream()
                .filter(note -> listedNotes.contains(note.getValue()))
                .map(Map.Entry::getKey)
                .filter(cpu -> before.cpus().possible().contains(cpu))
                .toList());
        return ofPresent && cpus.count() > 0 && cpus.count() == facts.cpuNotes().size() ? cpus : null;
    }

    /**
     * What is known stays as far as the header, which leaves parts out, lists it too. As Linux does: memory that is plugged
     * in and not online is listed only after the next event, so that it is missing tells nothing.
     */
    List<InstalledRange> memory(List<PhysicalRange> all, boolean fromKexecTools) {
        var listed = all.stream().filter(range -> !LOW_1M.contains(range)).toList();
        var left = new HashSet<>(listed);
        var header = new ListedRanges(listed);
        boolean leavesOutCma = machine.kernel().profile().excludesCma() && !fromKexecTools;
        var memory = new ArrayList<InstalledRange>();
        for (var known : before.memory().ranges()) {
            var seen = seen(known.range(), leavesOutCma);
            if (header.missesOnlyOffline(known, seen)
                    || (machine.crashKernel().equals(CrashKernel.NONE) && header.listsBothEnds(known.range()))) {
                seen = header.in(known.range());
            }
            if (left.containsAll(seen)) {
                seen.forEach(left::remove);
                memory.add(known);
            } else if (!seen.equals(List.of(known.range()))) {
                throw Problem.invalid(
                                "",
                                "of %s, which holds what a dump leaves out, the elfcorehdr would list %s; it is of another boot or machine"
                                        .formatted(known.range(), seen))
                        .toException();
            }
        }
        left.stream().map(range -> InstalledRange.of(range, true, null)).forEach(memory::add);
        return memory.stream()
                .sorted(Comparator.comparing(InstalledRange::range))
                .toList();
    }

    /** The parts of a range that a header lists. */
    private List<PhysicalRange> seen(PhysicalRange range, boolean leavesOutCma) {
        var seen = CrashMemory.of(List.of(range));
        for (var excluded : Stream.concat(Stream.of(LOW_1M), reservations(machine.crashKernel(), leavesOutCma))
                .toList()) {
            seen = seen.exclude(excluded, ExcludeRule.THROUGH_ALL, seen.count() + 1)
                    .memory();
        }
        return seen.ranges();
    }

    static Stream<PhysicalRange> reservations(CrashKernel reserved, boolean andCma) {
        return Stream.concat(
                Stream.of(Optional.ofNullable(reserved.high()), Optional.ofNullable(reserved.low()))
                        .flatMap(Optional::stream),
                andCma ? reserved.cma().stream() : Stream.empty());
    }
}
