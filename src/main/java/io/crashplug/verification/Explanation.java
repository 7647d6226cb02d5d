package io.crashplug.verification;

import static io.crashplug.verification.Reason.Code.KERNEL_REMOVAL_LAG;
import static io.crashplug.verification.Reason.Code.KEXEC_TOOLS_FORMAT;
import static io.crashplug.verification.Reason.Code.NOT_ONLINE_YET;
import static io.crashplug.verification.Reason.Code.NOT_REWRITTEN;
import static io.crashplug.verification.Reason.Code.PRESENT_CPUS_ONLY;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import java.util.ArrayList;
import java.util.List;

/** Says in words how what a header lists departs from the layout. */
final class Explanation {

    private final MachineFacts machine;
    private final ListedMemory memory;
    private final CpuSet listedCpus;

    /** Explains by what is listed; {@code listedCpus} are those with notes. */
    Explanation(MachineFacts machine, ListedMemory memory, CpuSet listedCpus) {
        this.machine = machine;
        this.memory = memory;
        this.listedCpus = listedCpus;
    }

    /** Whether the header lists the layout's memory, no less and no more. */
    boolean listsTheLayout() {
        return memory.unlisted().isEmpty() && memory.stillListed().isEmpty();
    }

    /** What a header that the kernel rewrites departs in. */
    List<Reason> ofRewritten() {
        var reasons = new ArrayList<Reason>();
        if (!memory.stillListed().isEmpty()) {
            reasons.add(new Reason(
                    KERNEL_REMOVAL_LAG,
                    "%s was removed but is still listed; the kernel drops it at the next memory event"
                            .formatted(Words.of(memory.stillListed()))));
        }
        if (!memory.unlisted().isEmpty()) {
            reasons.add(new Reason(
                    NOT_ONLINE_YET,
                    "%s is not listed; the kernel lists a range once its first block is online%s"
                            .formatted(Words.of(unlisted()), toldOnline())));
        }
        return reasons;
    }

    private String toldOnline() {
        var online = memory.unlisted().stream()
                .filter(InstalledRange::online)
                .map(InstalledRange::range)
                .toList();
        return online.isEmpty() ? "" : ", which the layout says of %s".formatted(Words.of(online));
    }

    /** What a header that is not rewritten, for the reason given, departs in. */
    List<Reason> ofNotRewritten(String why, boolean withCpus) {
        var departures = new ArrayList<String>();
        if (!memory.unlisted().isEmpty()) {
            departures.add(Words.of(unlisted()) + " is not listed");
        }
        if (!memory.stillListed().isEmpty()) {
            departures.add(Words.of(memory.stillListed()) + " was removed but is listed");
        }
        var present = machine.layout().cpus().present();
        if (withCpus && !present.minus(listedCpus).isEmpty()) {
            departures.add("CPUs %s are present but have no notes".formatted(present.minus(listedCpus)));
        }
        if (withCpus && !listedCpus.minus(present).isEmpty()) {
            departures.add("CPUs %s are not present but have notes".formatted(listedCpus.minus(present)));
        }
        return departures.isEmpty()
                ? List.of()
                : List.of(new Reason(NOT_REWRITTEN, "%s: %s".formatted(why, String.join("; ", departures))));
    }

    Reason ofKexecTools() {
        return new Reason(
                KEXEC_TOOLS_FORMAT, "kexec-tools built the header, and the kernel has not rewritten it since");
    }

    /** That notes of some possible CPUs are missing; empty if none are. */
    List<Reason> ofCpus() {
        var cpus = machine.layout().cpus();
        return listedCpus.count() == cpus.possible().count()
                ? List.of()
                : List.of(new Reason(
                        PRESENT_CPUS_ONLY,
                        "the header has notes of CPUs %s, %d of the %d possible ones %s"
                                .formatted(
                                        listedCpus,
                                        listedCpus.count(),
                                        cpus.possible().count(),
                                        cpus.possible())));
    }

    private List<PhysicalRange> unlisted() {
        return memory.unlisted().stream().map(InstalledRange::range).toList();
    }
}
