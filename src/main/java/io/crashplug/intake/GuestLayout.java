package io.crashplug.intake;

import io.crashplug.machine.Exactness;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.HashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layout that a guest itself tells of. What else it tells has to be what is known, or the operator is warned. */
public record GuestLayout(GuestFacts guest) implements LayoutSource {

    static final String NAME = "the guest";

    /** Something of a machine that never changes; null where it is not told, or not known. */
    private record Fact(
            String name, @Nullable Object told, @Nullable Object known) {

        boolean differs() {
            return told != null && known != null && !told.equals(known);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LayoutTarget over(Machine machine, Layout before) {
        var target = LayoutTarget.of(guest).over(machine, before);
        var differing = facts(machine).filter(Fact::differs).map(Fact::name).toList();
        return differing.isEmpty()
                ? target
                : target.with(new GuestImport.Warning(
                        "kernel-differs",
                        "what the guest tells of %s is not what is known, and not stored; if it has booted since, import it anew"
                                .formatted(String.join(", ", differing))));
    }

    /** Parts that may have their default, or be rounded, are compared with those of a machine of which all is known. */
    private Stream<Fact> facts(Machine machine) {
        var kernel = machine.kernel();
        boolean exact = machine.exactness() == Exactness.EXACT;
        var header = guest.elfcorehdr();
        var vmcoreinfo = guest.vmcoreinfo() == null && header != null ? header.vmcoreinfo() : guest.vmcoreinfo();
        var text = guest.text() == null && header != null && !header.fromKexecTools() ? header.text() : guest.text();
        return Stream.of(
                new Fact("profile", guest.profile(), exact ? kernel.profile() : null),
                new Fact("kernelRelease", told(guest.kernelRelease()), told(kernel.release())),
                notes(machine),
                new Fact(Origin.VMCOREINFO, vmcoreinfo, kernel.vmcoreinfo()),
                new Fact(Origin.PAGE_OFFSET, guest.pageOffset(), exact ? kernel.pageOffset() : null),
                new Fact(Origin.KERNEL_TEXT, text, exact ? kernel.text() : null));
    }

    private static @Nullable String told(String release) {
        return release.isEmpty() ? null : release;
    }

    /** Of CPUs of which both are known. */
    private Fact notes(Machine machine) {
        var told = new HashMap<>(guest.notes());
        var known = new HashMap<>(machine.crashNotes().byCpu());
        told.keySet().retainAll(known.keySet());
        known.keySet().retainAll(told.keySet());
        return new Fact(Origin.CRASH_NOTES, told, known);
    }
}
