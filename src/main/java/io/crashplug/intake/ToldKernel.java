package io.crashplug.intake;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.Machine;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a source of a layout tells of the guest's kernel, none of which changes before the guest boots again; null for what
 * it does not tell.
 *
 * @param release what {@code uname -r} prints; empty if it is not told
 * @param notes addresses of the CPUs' notes, as far as they are told
 */
record ToldKernel(
        @Nullable KernelProfile profile,
        String release,
        Map<CpuId, Long> notes,
        @Nullable Vmcoreinfo vmcoreinfo,
        @Nullable Long pageOffset,
        @Nullable KernelText text) {

    private static final ToldKernel NOTHING = new ToldKernel(null, "", Map.of(), null, null, null);

    /** Something of a kernel; null where it is not told, or not known. */
    private record Fact(
            String name, @Nullable Object told, @Nullable Object known) {

        boolean differs() {
            return told != null && known != null && !told.equals(known);
        }
    }

    /**
     * What the guest itself tells, and its header of the rest.
     *
     * @param possible CPUs that may ever appear
     */
    static ToldKernel of(GuestFacts guest, CpuSet possible) {
        var header = guest.elfcorehdr() == null ? NOTHING : of(guest.elfcorehdr(), possible);
        var notes = new HashMap<>(header.notes);
        notes.putAll(guest.notes());
        return new ToldKernel(
                guest.profile(),
                guest.kernelRelease(),
                notes,
                guest.vmcoreinfo() == null ? header.vmcoreinfo : guest.vmcoreinfo(),
                guest.pageOffset() == null ? header.pageOffset : guest.pageOffset(),
                guest.text() == null ? header.text : guest.text());
    }

    /**
     * What a header tells. Whose notes it lists is certain where it has those of all possible CPUs; kexec-tools rounds
     * kernel text.
     */
    static ToldKernel of(HeaderFacts header, CpuSet possible) {
        return new ToldKernel(
                null,
                "",
                Objects.requireNonNullElse(header.notesOf(possible, possible), Map.of()),
                header.vmcoreinfo(),
                header.pageOffset(),
                header.fromKexecTools() ? null : header.text());
    }

    /**
     * Warns where a machine has another kernel than is told.
     *
     * @param source who tells, for people
     * @return empty if all that is both told and known is the same
     */
    Optional<GuestImport.Warning> differenceFrom(Machine machine, String source) {
        var differing = facts(machine).filter(Fact::differs).map(Fact::name).toList();
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of(new GuestImport.Warning(
                        "kernel-differs",
                        "what %s tells of %s is not what is known, and not stored; if the guest has booted since, import it anew"
                                .formatted(source, String.join(", ", differing))));
    }

    /** Parts that may have their default, or be rounded, are compared with those of a machine of which all is known. */
    private Stream<Fact> facts(Machine machine) {
        var kernel = machine.kernel();
        boolean exact = machine.exactness() == Exactness.EXACT;
        return Stream.of(
                new Fact("profile", profile, exact ? kernel.profile() : null),
                new Fact("kernelRelease", unlessEmpty(release), unlessEmpty(kernel.release())),
                ofNotes(machine),
                new Fact(Origin.VMCOREINFO, vmcoreinfo, kernel.vmcoreinfo()),
                new Fact(Origin.PAGE_OFFSET, pageOffset, exact ? kernel.pageOffset() : null),
                new Fact(Origin.KERNEL_TEXT, text, exact ? kernel.text() : null));
    }

    private static @Nullable String unlessEmpty(String release) {
        return release.isEmpty() ? null : release;
    }

    /** Of CPUs of which both are known. */
    private Fact ofNotes(Machine machine) {
        var told = new HashMap<>(notes);
        var known = new HashMap<>(machine.crashNotes().byCpu());
        told.keySet().retainAll(known.keySet());
        known.keySet().retainAll(told.keySet());
        return new Fact(Origin.CRASH_NOTES, told, known);
    }
}
