package io.crashplug.diff;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.header.Descriptions;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of two elfcorehdrs that are compared.
 *
 * @param decoded its fields
 * @param bytes all {@code elfsz} bytes of it, those that no field names included
 * @param descriptions tells what its program headers describe
 */
public record HeaderSide(DecodedHeader decoded, HeaderBytes bytes, Descriptions descriptions) {

    List<DescribedPhdr> describedPhdrs() {
        List<Elf64Phdr> phdrs = decoded.phdrs();
        var describes = descriptions.of(phdrs);
        return IntStream.range(0, phdrs.size())
                .mapToObj(i -> new DescribedPhdr(i, phdrs.get(i), describes.get(i)))
                .toList();
    }
}
