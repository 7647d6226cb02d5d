package io.crashplug.verification;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.Pages;
import io.crashplug.elfcore.PhysicalRange;
import java.util.Arrays;
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
        if (header.isOfVmcore()) {
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

    /** The fields, read with so many program headers if e_phnum and the bytes allow it: e_phnum wraps at 65,536. */
    DecodedHeader header(int phdrCount) {
        boolean wraps = phdrCount != header.phdrs().size()
                && (phdrCount & 0xffff) == header.ehdr().phnum();
        long end = header.ehdr().phoff() + (long) Elf64Phdr.SIZE_BYTES * phdrCount;
        return wraps && end <= bytes.length ? DecodedHeader.parse(HeaderBytes.of(bytes), phdrCount) : header;
    }

    /** Bytes up to the end of the last program header. */
    public long usedBytes() {
        return usedBytes(header);
    }

    private static long usedBytes(DecodedHeader header) {
        return header.ehdr().phoff()
                + (long) Elf64Phdr.SIZE_BYTES * header.phdrs().size();
    }

    /** SHA-256 of all that was dumped, in lower-case hexadecimal. */
    String sha256() {
        return HeaderBytes.of(bytes).sha256();
    }

    /** Bytes that were dumped. */
    public int length() {
        return bytes.length;
    }

    /** The first byte from {@code from} to before {@code to} that was dumped and is not zero; -1 if there is none. */
    int firstNonZero(long from, long to) {
        for (int i = (int) Math.min(from, bytes.length); i < Math.min(to, bytes.length); i++) {
            if (bytes[i] != 0) {
                return i;
            }
        }
        return -1;
    }

    /** The dumped bytes from {@code from} on, which are none if it ends before. */
    HeaderBytes from(int from) {
        return HeaderBytes.of(Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length));
    }

    /** The first {@code length} bytes; those that were not dumped are zero. */
    HeaderBytes first(int length) {
        return HeaderBytes.of(Arrays.copyOf(bytes, length));
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

    /** The physical memory that the header lists, without entries that are no memory at all. */
    RangeList memory() {
        return new RangeList(ram().stream()
                .filter(load -> load.paddr() >= 0 && load.memsz() > 0 && load.paddr() + load.memsz() > 0)
                .map(load -> PhysicalRange.ofSize(load.paddr(), load.memsz()))
                .toList());
    }

    private static boolean isText(Elf64Phdr load) {
        return KernelText.isMappedAt(load.vaddr());
    }
}
