package io.crashplug.elfcore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A program header, {@code Elf64_Phdr} (include/uapi/linux/elf.h, Linux 6.6), its fields named as readelf prints them; the 64-bit
 * ones are unsigned.
 *
 * @param offset in an elfcorehdr a guest-physical address, where the capture kernel reads old memory
 */
public record Elf64Phdr(int type, int flags, long offset, long vaddr, long paddr, long filesz, long memsz, long align) {

    public static final int SIZE_BYTES = 56;
    public static final int PT_LOAD = 1;
    public static final int PT_NOTE = 4;

    /** Readable, writable and executable: Linux marks all dumped memory so. */
    public static final int PF_RWX = 7;

    /** Reads the {@value #SIZE_BYTES} bytes at {@code at}, whatever they say. */
    static Elf64Phdr read(byte[] bytes, int at) {
        var in = ByteBuffer.wrap(bytes, at, SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Elf64Phdr(
                in.getInt(),
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong());
    }

    public boolean isNote() {
        return type == PT_NOTE;
    }

    public boolean isLoad() {
        return type == PT_LOAD;
    }
}
