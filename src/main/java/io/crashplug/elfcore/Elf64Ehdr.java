package io.crashplug.elfcore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The ELF header of a core file, {@code Elf64_Ehdr} (include/uapi/linux/elf.h, Linux 6.6), its fields named as readelf prints them.
 *
 * @param ident the 16 bytes of e_ident
 * @param phnum e_phnum as stored, 16 bits: what was emitted modulo 65,536
 */
public record Elf64Ehdr(
        HeaderBytes ident,
        int type,
        int machine,
        int version,
        long entry,
        long phoff,
        long shoff,
        int flags,
        int ehsize,
        int phentsize,
        int phnum,
        int shentsize,
        int shnum,
        int shstrndx) {

    public static final int SIZE_BYTES = 64;

    /** From this count on e_phnum cannot name the number of program headers (include/uapi/linux/elf.h, Linux 6.6). */
    public static final int PN_XNUM = 0xffff;

    static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
    static final int CLASS_64 = 2;
    static final int LITTLE_ENDIAN = 1;
    static final int TYPE_CORE = 4;
    static final int MACHINE_X86_64 = 62;

    private static final int IDENT_BYTES = 16;
    private static final int CURRENT_VERSION = 1;

    /** The header that Linux writes before {@code phdrCount} program headers. As Linux does: the count wraps silently. */
    static Elf64Ehdr ofCore(int phdrCount) {
        var ident =
                new byte[] {0x7f, 'E', 'L', 'F', CLASS_64, LITTLE_ENDIAN, CURRENT_VERSION, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        return new Elf64Ehdr(
                HeaderBytes.owning(ident),
                TYPE_CORE,
                MACHINE_X86_64,
                CURRENT_VERSION,
                0,
                SIZE_BYTES,
                0,
                0,
                SIZE_BYTES,
                Elf64Phdr.SIZE_BYTES,
                phdrCount & 0xffff,
                0,
                0,
                0);
    }

    /** Reads the first {@value #SIZE_BYTES} bytes, whatever they say. */
    static Elf64Ehdr read(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var ident = new byte[IDENT_BYTES];
        in.get(ident);
        return new Elf64Ehdr(
                HeaderBytes.owning(ident),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()));
    }

    void writeTo(byte[] buffer) {
        ByteBuffer.wrap(buffer)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ident.shared())
                .putShort((short) type)
                .putShort((short) machine)
                .putInt(version)
                .putLong(entry)
                .putLong(phoff)
                .putLong(shoff)
                .putInt(flags)
                .putShort((short) ehsize)
                .putShort((short) phentsize)
                .putShort((short) phnum)
                .putShort((short) shentsize)
                .putShort((short) shnum)
                .putShort((short) shstrndx);
    }

    /** A byte of e_ident, unsigned. */
    public int ident(int index) {
        return Byte.toUnsignedInt(ident.shared()[index]);
    }
}
