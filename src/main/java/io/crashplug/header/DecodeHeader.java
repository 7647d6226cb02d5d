package io.crashplug.header;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.Pages;
import io.crashplug.elfcore.SegmentContent;

/** Decodes headers of guests that are not known. */
public final class DecodeHeader {

    private DecodeHeader() {}

    /**
     * The header that the bytes begin with; what follows its last page is passed over.
     *
     * @throws io.crashplug.elfcore.NotAnElfCoreHeader if they do not begin with one
     */
    public static Elfcorehdr of(HeaderBytes bytes) {
        var decoded = DecodedHeader.parse(bytes);
        long used = decoded.ehdr().phoff()
                + (long) Elf64Phdr.SIZE_BYTES * decoded.phdrs().size();
        int elfsz = (int) Math.min(Pages.roundUp(used), bytes.length());
        return new Elfcorehdr(
                "elfcorehdr-decoded",
                SegmentContent.of(SegmentContent.of(bytes, bytes.length()).first(elfsz), elfsz),
                decoded.phdrs().size(),
                decoded,
                Descriptions.OF_UNKNOWN_GUEST,
                null,
                null,
                null,
                null);
    }
}
