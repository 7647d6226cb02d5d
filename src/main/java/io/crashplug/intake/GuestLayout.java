package io.crashplug.intake;

import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layout that a guest itself tells of. What else it tells has to be what is known, or the operator is warned. */
public record GuestLayout(GuestFacts guest) implements LayoutSource {

    static final String NAME = "the guest";

    /** Something that is known of a machine, and never changes. */
    private record Fact(
            String name, @Nullable Object told, @Nullable Object known) {

        boolean differs() {
            return told != null && !told.equals(known);
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

    private Stream<Fact> facts(Machine machine) {
        var kernel = machine.kernel();
        var notes = machine.crashNotes().byCpu();
        var release = guest.kernelRelease().isEmpty() ? null : guest.kernelRelease();
        var header = guest.elfcorehdr();
        // kexec-tools rounds the text.
        boolean headerTellsText = header != null && !header.fromKexecTools();
        var text = guest.text() == null && header != null && headerTellsText ? header.text() : guest.text();
        var vmcoreinfo = guest.vmcoreinfo() == null && header != null ? header.vmcoreinfo() : guest.vmcoreinfo();
        var others = guest.notes().entrySet().stream()
                .filter(note ->
                        notes.containsKey(note.getKey()) && !note.getValue().equals(notes.get(note.getKey())))
                .findAny();
        return Stream.of(
                new Fact("profile", guest.profile(), kernel.profile()),
                new Fact("kernelRelease", release, kernel.release()),
                new Fact(
                        "crashElfcorehdrSizeBytes",
                        guest.crashElfcorehdrSizeBytes(),
                        kernel.config().crashElfcorehdrSizeBytes()),
                new Fact(Origin.CRASH_NOTES, others.orElse(null), null),
                new Fact(Origin.VMCOREINFO, vmcoreinfo, kernel.vmcoreinfo()),
                new Fact(Origin.PAGE_OFFSET, guest.pageOffset(), kernel.pageOffset()),
                new Fact(Origin.KERNEL_TEXT, text, kernel.text()));
    }
}
