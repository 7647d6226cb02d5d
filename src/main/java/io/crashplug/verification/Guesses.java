package io.crashplug.verification;

import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderInputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The headers that the kernel and kexec-tools would have built from the memory that a dump lists. */
final class Guesses {

    private final Dump dump;
    private final CompletedFacts facts;
    private final MachineFacts machine;
    private final List<String> notCompared = new ArrayList<>();

    Guesses(Dump dump, MachineFacts machine, CompletedFacts facts) {
        this.dump = dump;
        this.machine = machine;
        this.facts = facts;
    }

    /** The guess with the fewest differences; empty if no header can be built at all. */
    Optional<Guess> best(CrashMemory memory, Optional<Revision> current) {
        var inputs = with(facts.inputs(), memory);
        notCompared.addAll(facts.taken());
        if (!(ElfCoreHeader.build(machine.profile(), inputs) instanceof HeaderBuild.Built built)) {
            return Optional.empty();
        }
        var kernel = Expected.of("what the kernel builds", built.header());
        var guesses = new ArrayList<Guess>();
        guesses.add(Guess.of(dump, kernel, false));
        if (KexecTools.isFormatOf(dump.ram())) {
            guesses.add(Guess.of(dump, ofKexecTools(inputs, kernel, current), true));
        }
        return guesses.stream()
                .min(Comparator.comparingInt(guess -> guess.comparison().differences()));
    }

    /** Sentences: what was taken from the dump, and so compared with nothing. */
    List<String> notCompared() {
        return notCompared;
    }

    private Expected ofKexecTools(HeaderInputs inputs, Expected kernel, Optional<Revision> current) {
        var listed = new HeaderInputs(
                inputs.possible(),
                facts.listedCpus(),
                inputs.notes(),
                inputs.noteSizeBytes(),
                inputs.vmcoreinfo(),
                inputs.text(),
                inputs.pageOffset(),
                inputs.systemRam(),
                inputs.crashKernel());
        var header = KexecTools.header(listed, kernel.header().ehdr(), backup(inputs, current), dump.text());
        // Whatever follows in the segment is zero: kexec-tools fills it once.
        return new Expected("what kexec-tools builds", header, Integer.MAX_VALUE);
    }

    /** Where the backup lies is known from the header in force, if that has one too. */
    private OptionalLong backup(HeaderInputs inputs, Optional<Revision> current) {
        var known = current.flatMap(Revision::decoded).flatMap(header -> KexecTools.backupIn(header.phdrs()));
        var inDump = KexecTools.backupIn(dump.ram());
        if (known.isPresent() || dump.kind() == DumpKind.VMCORE) {
            return known.map(Elf64Phdr::offset).map(OptionalLong::of).orElse(OptionalLong.empty());
        }
        if (inDump.isEmpty() || !KexecTools.isPlausible(inDump.get(), inputs.crashKernel())) {
            return OptionalLong.empty();
        }
        notCompared.add("where the backup of the lowest memory lies, at 0x%x, is userspace's choice"
                .formatted(inDump.get().offset()));
        return OptionalLong.of(inDump.get().offset());
    }

    private static HeaderInputs with(HeaderInputs facts, CrashMemory memory) {
        return new HeaderInputs(
                facts.possible(),
                facts.present(),
                facts.notes(),
                facts.noteSizeBytes(),
                facts.vmcoreinfo(),
                facts.text(),
                facts.pageOffset(),
                memory,
                facts.crashKernel());
    }
}
