package io.crashplug.header;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a revision small: compressed with Zstandard, on their own or as the difference to others. */
final class RevisionCodec {

    /** Level 3 finds what two headers share; more takes twice as long for a tenth less. */
    private static final int LEVEL = 3;

    /** Base 2 logarithm of how far back equal bytes are looked for: two headers of 65,535 program headers. */
    private static final int WINDOW_LOG = 23;

    private RevisionCodec() {}

    /** The small form of {@code bytes}, which only the same {@code base} turns back. */
    static byte[] encode(byte[] bytes, byte @Nullable [] base) {
        try (var context = new ZstdCompressCtx()) {
            context.setLevel(LEVEL);
            context.setChecksum(false);
            if (base != null) {
                context.setLong(WINDOW_LOG);
                context.loadDict(base);
            }
            return context.compress(bytes);
        }
    }

    /** The bytes again, {@code length} of them. */
    static byte[] decode(byte[] small, byte @Nullable [] base, int length) {
        try (var context = new ZstdDecompressCtx()) {
            if (base != null) {
                context.loadDict(base);
            }
            return context.decompress(small, length);
        }
    }
}
