package io.crashplug.diff;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.header.Descriptions;
import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.PreviewHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/** Headers to compare. */
public final class Sides {

    private static final HeaderBytes IDENT =
            HeaderBytes.of(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});

    private Sides() {}

    /** The header that a kernel builds. */
    static HeaderSide built(KernelProfile profile, HeaderInputs inputs) {
        return of(PreviewHeader.of(profile, inputs, CpuSet.NONE, null));
    }

    static HeaderSide of(Elfcorehdr header) {
        return new HeaderSide(header.decoded(), header.bytes().first(header.elfszBytes()), header.descriptions());
    }

    /** The header with other bytes, and as many program headers as before. */
    static HeaderSide withBytes(HeaderSide side, byte[] bytes) {
        var content = HeaderBytes.of(bytes);
        int phdrs = side.decoded().phdrs().size();
        return new HeaderSide(DecodedHeader.parse(content, phdrs), content, side.descriptions());
    }

    /** Any program headers, of a guest that is not known. */
    public static HeaderSide of(Elf64Phdr... phdrs) {
        return of(List.of(phdrs));
    }

    static HeaderSide of(List<Elf64Phdr> phdrs) {
        int used = Elf64Ehdr.SIZE_BYTES + phdrs.size() * Elf64Phdr.SIZE_BYTES;
        var out = ByteBuffer.allocate((used + 4095) / 4096 * 4096).order(ByteOrder.LITTLE_ENDIAN);
        out.put(IDENT.toByteArray()).putShort((short) 4).putShort((short) 62).putInt(1);
        out.putLong(32, Elf64Ehdr.SIZE_BYTES).putShort(52, (short) 64).putShort(54, (short) 56);
        out.putShort(56, (short) phdrs.size()).position(Elf64Ehdr.SIZE_BYTES);
        for (var phdr : phdrs) {
            out.putInt(phdr.type()).putInt(phdr.flags()).putLong(phdr.offset());
            out.putLong(phdr.vaddr()).putLong(phdr.paddr());
            out.putLong(phdr.filesz()).putLong(phdr.memsz()).putLong(phdr.align());
        }
        var bytes = HeaderBytes.of(out.array());
        return new HeaderSide(DecodedHeader.parse(bytes, phdrs.size()), bytes, Descriptions.OF_UNKNOWN_GUEST);
    }

    public static Elf64Phdr ram(long start, long size) {
        return new Elf64Phdr(
                Elf64Phdr.PT_LOAD, Elf64Phdr.PF_RWX, start, start + 0xff11000000000000L, start, size, size, 0);
    }

    public static Elf64Phdr note(long address) {
        return new Elf64Phdr(Elf64Phdr.PT_NOTE, 0, address, 0, address, 368, 368, 0);
    }

    /** The program headers {@code those}, in place of the one at {@code index}. */
    static List<Elf64Phdr> replaced(List<Elf64Phdr> phdrs, int index, Elf64Phdr... those) {
        return Stream.of(
                        phdrs.subList(0, index).stream(),
                        Stream.of(those),
                        phdrs.stream().skip(index + 1L))
                .flatMap(part -> part)
                .toList();
    }
}
