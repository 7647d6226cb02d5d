package io.crashplug.header;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a header and the vmcore made of it have in common, as a key to find one by the other. */
public final class LoadsDigest {

    private LoadsDigest() {}

    /**
     * SHA-256, in lower-case hexadecimal, over p_paddr, p_vaddr and p_memsz of every PT_LOAD in the header's order, each as a
     * 64-bit little-endian number.
     */
    public static String of(DecodedHeader header) {
        var loads = header.phdrs().stream().filter(Elf64Phdr::isLoad).toList();
        var fields = ByteBuffer.allocate(3 * Long.BYTES * loads.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (var load : loads) {
            fields.putLong(load.paddr()).putLong(load.vaddr()).putLong(load.memsz());
        }
        return HeaderBytes.of(fields.array()).sha256();
    }
}
