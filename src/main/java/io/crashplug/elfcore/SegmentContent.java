package io.crashplug.elfcore;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a segment's memory. Bytes that are zero up to the end of the segment are implied, so a segment of many
 * megabytes that holds one page costs one page.
 *
 * @param known the first bytes
 * @param unknownEnd where the bytes that nobody told end, exclusive; they begin behind {@code known}. 0 if all is known
 * @param memszBytes bytes the segment has, unsigned
 */
public record SegmentContent(HeaderBytes known, long unknownEnd, long memszBytes) {

    /** Zeros take time to hash too: segments above this size are not hashed unasked. */
    public static final long MAX_HASHED_BYTES = 1L << 30;

    public SegmentContent {
        if (Long.compareUnsigned(unknownEnd, known.length()) <= 0) {
            unknownEnd = 0;
            known = withoutZeroTail(known);
        }
    }

    /** A segment that holds these bytes and then zeros. */
    public static SegmentContent of(HeaderBytes bytes, long memszBytes) {
        return new SegmentContent(bytes, 0, memszBytes);
    }

    private static HeaderBytes withoutZeroTail(HeaderBytes bytes) {
        int length = bytes.length();
        while (length > 0 && bytes.shared()[length - 1] == 0) {
            length--;
        }
        return length == bytes.length() ? bytes : HeaderBytes.owning(Arrays.copyOf(bytes.shared(), length));
    }

    /**
     * The segment after {@code header} was copied to its start. As Linux does: only elfsz bytes are copied, so bytes of
     * a longer header stay behind it.
     *
     * @throws IllegalArgumentException if the header is larger than the segment; the caller compares elfsz and memsz
     */
    public SegmentContent overwrittenBy(HeaderBytes header) {
        if (Long.compareUnsigned(header.length(), memszBytes) > 0) {
            throw new IllegalArgumentException(
                    "elfsz %d > memsz %s".formatted(header.length(), Long.toUnsignedString(memszBytes)));
        }
        var merged = Arrays.copyOf(known.shared(), Math.max(known.length(), header.length()));
        System.arraycopy(header.shared(), 0, merged, 0, header.length());
        return new SegmentContent(HeaderBytes.owning(merged), unknownEnd, memszBytes);
    }

    /** The first {@code length} bytes, implied zeros included. */
    public HeaderBytes first(int length) {
        return HeaderBytes.owning(Arrays.copyOf(known.shared(), length));
    }

    /** Whether the segment is known to begin with exactly these bytes. */
    public boolean startsWith(HeaderBytes header) {
        boolean knownSoFar = isComplete() || known.length() >= header.length();
        return knownSoFar
                && Long.compareUnsigned(header.length(), memszBytes) <= 0
                && first(header.length()).equals(header);
    }

    /** Whether the segment begins with the four bytes by which the kernel finds an elfcorehdr. */
    public boolean startsWithElfMagic() {
        return startsWith(HeaderBytes.of(Elf64Ehdr.MAGIC));
    }

    /** Whether every byte is known. */
    public boolean isComplete() {
        return unknownEnd == 0;
    }

    /** How many bytes differ from those of {@code other}, a segment of the same size. */
    public int changedBytes(SegmentContent other) {
        int length = Math.max(known.length(), other.known.length());
        var mine = first(length).shared();
        var theirs = other.first(length).shared();
        int changed = 0;
        for (int i = 0; i < length; i++) {
            changed += mine[i] != theirs[i] ? 1 : 0;
        }
        return changed;
    }

    /** {@link #sha256()}, or null if some byte is not known or the segment is larger than {@link #MAX_HASHED_BYTES}. */
    public @Nullable String sha256IfKnown() {
        return isComplete() && Long.compareUnsigned(memszBytes, MAX_HASHED_BYTES) <= 0 ? sha256() : null;
    }

    /** SHA-256 over all {@code memszBytes} bytes, in lower-case hexadecimal; meaningless unless {@link #isComplete()}. */
    public String sha256() {
        var digest = HeaderBytes.sha256Digest();
        ZeroPadded.update(digest, known, memszBytes);
        return HexFormat.of().formatHex(digest.digest());
    }
}
