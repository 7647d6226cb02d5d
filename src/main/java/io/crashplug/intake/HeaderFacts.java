package io.crashplug.intake;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.Vmcoreinfo;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a guest's present elfcorehdr tells of it beyond its memory. Linux writes the notes of the CPUs in ascending
 * order, then vmcoreinfo, then kernel text, then System RAM through the direct map.
 *
 * @param cpuNotes addresses of the CPUs' notes in the header's order
 * @param noteSizeBytes size of one CPU's notes, empty without any
 * @param text kernel text, null if the header has none
 * @param pageOffset where the direct map begins, null if the header lists no System RAM
 * @param fromKexecTools whether userspace built the header, which lists present CPUs only and rounds kernel text
 */
public record HeaderFacts(
        List<Long> cpuNotes,
        OptionalLong noteSizeBytes,
        @Nullable Vmcoreinfo vmcoreinfo,
        @Nullable KernelText text,
        @Nullable Long pageOffset,
        boolean fromKexecTools) {

    /** The first MiB, which Linux itself never lists. */
    static final long LOW_1M_BYTES = 0x100000;

    /**
     * Reads the facts of a header.
     *
     * @throws IllegalArgumentException if a size in it is larger than any memory, or it is a vmcore's
     */
    public static HeaderFacts of(DecodedHeader header) {
        if (header.isOfVmcore()) {
            throw new IllegalArgumentException(
                    "this is the head of a vmcore, of which the capture kernel has merged the notes and rounded the memory; import the elfcorehdr that it was made of");
        }
        if (header.phdrs().stream().anyMatch(phdr -> phdr.memsz() < 0)) {
            throw new IllegalArgumentException("a program header is of 2^63 bytes or more");
        }
        var notes = header.phdrs().stream().filter(Elf64Phdr::isNote).toList();
        var loads = header.phdrs().stream().filter(Elf64Phdr::isLoad).toList();
        var last = notes.isEmpty() ? null : notes.get(notes.size() - 1);
        var cpus = notes.isEmpty() ? notes : notes.subList(0, notes.size() - 1);
        var text = loads.stream().filter(HeaderFacts::isText).findFirst().orElse(null);
        var ram = loads.stream().filter(HeaderFacts::isSystemRam).toList();
        return new HeaderFacts(
                cpus.stream().map(Elf64Phdr::paddr).toList(),
                cpus.stream().mapToLong(Elf64Phdr::memsz).findFirst(),
                last == null ? null : new Vmcoreinfo(last.paddr(), last.memsz()),
                text == null ? null : new KernelText(text.vaddr(), text.paddr(), text.memsz()),
                ram.stream()
                        .map(load -> load.vaddr() - load.paddr())
                        .findFirst()
                        .orElse(null),
                ram.stream()
                        .anyMatch(load ->
                                load.offset() != load.paddr() || Long.compareUnsigned(load.paddr(), LOW_1M_BYTES) < 0));
    }

    static boolean isSystemRam(Elf64Phdr phdr) {
        return phdr.isLoad() && !isText(phdr);
    }

    private static boolean isText(Elf64Phdr load) {
        return KernelText.isMappedAt(load.vaddr());
    }

    /**
     * The notes by CPU, if it can be told which CPUs they belong to: all possible ones, as Linux 6.6 and later list
     * them, or else as many as are present.
     *
     * @return null if the number of notes fits neither
     */
    @Nullable
    Map<CpuId, Long> notesOf(CpuSet possible, CpuSet present) {
        CpuSet listed;
        if (cpuNotes.size() == possible.count() && !fromKexecTools) {
            listed = possible;
        } else if (cpuNotes.size() == present.count()) {
            listed = present;
        } else {
            return null;
        }
        var cpus = listed.stream().toList();
        var notes = new TreeMap<CpuId, Long>();
        IntStream.range(0, cpus.size()).forEach(i -> notes.put(cpus.get(i), cpuNotes.get(i)));
        return notes;
    }
}
