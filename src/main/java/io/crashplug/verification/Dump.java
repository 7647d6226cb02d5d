package io.crashplug.verification;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.Pages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes dumped from a guest that begin with an elfcorehdr, or with what the capture kernel made of one. */
public final class Dump {

    private final byte[] bytes;
    private final DecodedHeader header;
    private final DumpKind kind;

    private Dump(byte[] bytes, DecodedHeader header) {
        this.bytes = bytes;
        this.header = header;
        this.kind = kindOf(header, bytes.length);
    }

    /**
     * Reads a dump, which may end before the header's last page and go on behind it.
     *
     * @throws io.crashplug.elfcore.NotAnElfCoreHeader if the bytes do not begin with the ELF core header of an x86_64
     *     Linux, or end before its last program header
     */
    public static Dump parse(HeaderBytes bytes) {
        return new Dump(bytes.toByteArray(), DecodedHeader.parse(bytes));
    }

    private static DumpKind kindOf(DecodedHeader header, int length) {
        var notes = header.phdrs().stream().filter(Elf64Phdr::isNote).limit(2).toList();
        // An elfcorehdr's notes have the physical address as offset, a vmcore's one note has an offset in the file.
        if (notes.size() == 1 && notes.get(0).offset() != notes.get(0).paddr()) {
            return DumpKind.VMCORE;
        }
        return length > Pages.roundUp(usedBytes(header)) ? DumpKind.SEGMENT : DumpKind.HEADER;
    }

    public DumpKind kind() {
        return kind;
    }

    public DecodedHeader header() {
        return header;
    }

    /** Bytes up to the end of the last program header. */
    public long usedBytes() {
        return usedBytes(header);
    }

    private static long usedBytes(DecodedHeader header) {
        return header.ehdr().phoff()
                + (long) Elf64Phdr.SIZE_BYTES * header.phdrs().size();
    }

    /** Bytes that were dumped. */
    public int length() {
        return bytes.length;
    }

    byte[] shared() {
        return bytes;
    }

    /** The notes that the header begins with; in an elfcorehdr vmcoreinfo's is the last. */
    List<Elf64Phdr> notes() {
        return header.phdrs().stream().takeWhile(Elf64Phdr::isNote).toList();
    }

    /** Kernel text, which is mapped above the direct map; null if the header has none. */
    @Nullable
    Elf64Phdr text() {
        return loads().stream().limit(1).filter(Dump::isText).findFirst().orElse(null);
    }

    /** What the header lists of System RAM. */
    List<Elf64Phdr> ram() {
        return loads().stream().filter(load -> !isText(load)).toList();
    }

    private List<Elf64Phdr> loads() {
        return header.phdrs().stream().filter(Elf64Phdr::isLoad).toList();
    }

    static boolean isText(Elf64Phdr load) {
        return Long.compareUnsigned(load.vaddr(), KernelText.START_KERNEL_MAP) >= 0;
    }
}
