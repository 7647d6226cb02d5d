package io.crashplug.verification;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.ListedCpus;
import io.crashplug.elfcore.Vmcoreinfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine's facts, those that are not known completed from the dump itself, which is then not compared in them. */
final class CompletedFacts {

    private final MachineFacts machine;
    private final Dump dump;
    private final List<String> taken = new ArrayList<>();
    private final ListedNotes notes;

    CompletedFacts(MachineFacts machine, Dump dump) {
        this.machine = machine;
        this.dump = dump;
        this.notes = notes();
    }

    /** Sentences: what was taken from the dump. */
    List<String> taken() {
        return taken;
    }

    /** CPUs that the dump has notes of. */
    CpuSet listedCpus() {
        return notes.cpus();
    }

    /** Whether each note of a CPU was assigned to one; not in a vmcore, where they are merged. */
    boolean tellsWhoseNotesAreListed() {
        return !isVmcore() && notes.cpus().count() == cpuNotes().size();
    }

    /** What a header is built from, its System RAM left as the layout has it. */
    HeaderInputs inputs() {
        taken.clear();
        var given = machine.inputs();
        if (!notes.taken().isEmpty()) {
            taken.add("where the notes of CPUs %s lie was not known and taken from the dump".formatted(notes.taken()));
        }
        return new HeaderInputs(
                given.possible(),
                presentAtBuild(),
                notes.notes(),
                noteSizeBytes(given.noteSizeBytes()),
                vmcoreinfo(given.vmcoreinfo()),
                text(given.text()),
                pageOffset(given.pageOffset()),
                given.systemRam(),
                given.crashKernel());
    }

    private ListedNotes notes() {
        var cpus = machine.layout().cpus();
        var known = machine.inputs().notes();
        return isVmcore()
                ? ListedNotes.none(cpus.present(), known)
                : ListedNotes.of(cpuNotes(), cpus.possible(), cpus.present(), known);
    }

    /** The CPUs that were present when the header was built. RFC v2 may have left out those that are offline, no others. */
    private CpuSet presentAtBuild() {
        var cpus = machine.layout().cpus();
        if (machine.profile().listedCpus() != ListedCpus.PRESENT_NOT_GOING_OFFLINE || isVmcore()) {
            return notes.cpus();
        }
        var mayBeLeftOut = cpus.present().minus(cpus.online());
        return cpus.present().minus(mayBeLeftOut.minus(notes.cpus()));
    }

    private long noteSizeBytes(long given) {
        var sizes = cpuNotes().stream().map(Elf64Phdr::memsz).distinct().toList();
        if (machine.isExact() || isVmcore() || sizes.size() != 1 || sizes.get(0) < 0 || sizes.get(0) == given) {
            return given;
        }
        taken.add("the size of a CPU's notes, %d bytes, was taken from the dump".formatted(sizes.get(0)));
        return sizes.get(0);
    }

    private Vmcoreinfo vmcoreinfo(Vmcoreinfo given) {
        var listed = dump.notes();
        if (!given.equals(Vmcoreinfo.UNKNOWN) || isVmcore() || listed.isEmpty()) {
            return given;
        }
        var note = listed.get(listed.size() - 1);
        if (note.memsz() < 0) {
            return given;
        }
        taken.add("where vmcoreinfo lies was not known and taken from the dump");
        return new Vmcoreinfo(note.paddr(), note.memsz());
    }

    private @Nullable KernelText text(@Nullable KernelText given) {
        var listed = dump.text();
        if (given != null || machine.isExact() || listed == null || listed.memsz() < 0) {
            return given;
        }
        taken.add("where kernel text lies was not known and taken from the dump");
        return new KernelText(listed.vaddr(), listed.paddr(), listed.memsz());
    }

    private long pageOffset(long given) {
        var offsets =
                dump.ram().stream().map(load -> load.vaddr() - load.paddr()).toList();
        if (machine.isExact() || offsets.isEmpty() || offsets.contains(given)) {
            return given;
        }
        taken.add("the direct map begins at 0x%x by the dump, at 0x%x by default; the former was taken"
                .formatted(offsets.get(0), given));
        return offsets.get(0);
    }

    private List<Elf64Phdr> cpuNotes() {
        var all = dump.notes();
        return all.isEmpty() ? all : all.subList(0, all.size() - 1);
    }

    private boolean isVmcore() {
        return dump.kind() == DumpKind.VMCORE;
    }
}
