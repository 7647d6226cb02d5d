package io.crashplug.diff;

import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes differ, whether a field names them or not. Behind the end of the shorter header zeros count, as kexec
 * fills a segment with zeros.
 *
 * @param differingBytes how many bytes differ
 * @param rangeCount how many ranges they lie in; ranges with at most one program header of equal bytes between them
 *     are one
 * @param ranges the first {@value #MAX_LISTED} of those, ascending
 */
public record ByteDifferences(int differingBytes, int rangeCount, List<ByteRange> ranges) {

    public static final int MAX_LISTED = 100;

    public ByteDifferences {
        ranges = List.copyOf(ranges);
    }

    static ByteDifferences of(HeaderBytes from, HeaderBytes to) {
        var before = from.toByteArray();
        var after = to.toByteArray();
        var ranges = new ArrayList<ByteRange>();
        @Nullable ByteRange last = null;
        int differing = 0;
        int closed = 0;
        for (int at = 0; at < Math.max(before.length, after.length); at++) {
            if (byteAt(before, at) == byteAt(after, at)) {
                continue;
            }
            differing++;
            if (last != null && at - last.end() <= Elf64Phdr.SIZE_BYTES) {
                last = new ByteRange(last.offset(), at + 1 - last.offset());
            } else {
                closed += close(last, ranges);
                last = new ByteRange(at, 1);
            }
        }
        closed += close(last, ranges);
        return new ByteDifferences(differing, closed, ranges);
    }

    private static int close(@Nullable ByteRange range, List<ByteRange> ranges) {
        if (range == null) {
            return 0;
        }
        if (ranges.size() < MAX_LISTED) {
            ranges.add(range);
        }
        return 1;
    }

    private static byte byteAt(byte[] bytes, int at) {
        return at < bytes.length ? bytes[at] : 0;
    }
}
