package io.crashplug.crashimage;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.BuildInputs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that the kernel would accept, before it is stored.
 *
 * @param flags the flags as they were given
 * @param givenSha256 by segment, what its bytes hash to; null where that is not known
 * @param elfHeadersSizeBytes {@code image->elf_headers_sz}
 * @param digestLeftOutIndex the segment that the purgatory's digest leaves out on purpose; -1 for none
 * @param header the header that the image holds; null if none is known
 */
record PreparedImage(
        ArmedImage armed,
        List<String> flags,
        List<@Nullable String> givenSha256,
        long elfHeadersSizeBytes,
        int digestLeftOutIndex,
        @Nullable PreparedHeader header) {

    /**
     * A header before it has its number.
     *
     * @param generation the layout it was built from; null if it was built elsewhere
     * @param builtFrom what gives the header again; null if it was built elsewhere
     */
    record PreparedHeader(
            @Nullable Long generation,
            int elfszBytes,
            int phdrCount,
            String sha256,
            @Nullable BuildInputs builtFrom) {}
}
