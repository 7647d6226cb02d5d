package io.crashplug.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of a representation's bytes, as a Range header asks for (RFC 9110, 14.1.2).
 *
 * @param first its first byte
 * @param last its last byte, inclusive
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE_RANGE = Pattern.compile("(?i:bytes)=[ \t]*(\\d*)-(\\d*)[ \t]*");
    private static final int MOST_DIGITS = 18;

    /**
     * The range that the header asks for. Null, which is all bytes, without a header and for one that is not
     * understood: another unit, several ranges, one that ends before it begins.
     *
     * @throws UnsatisfiableRange if none of its bytes exists
     */
    static @Nullable ByteRange of(@Nullable String header, long length) {
        var form = ONE_RANGE.matcher(header == null ? "" : header);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return null;
        }
        if (form.group(1).isEmpty()) {
            return suffix(number(form.group(2)), length);
        }
        long first = number(form.group(1));
        long last = form.group(2).isEmpty() ? Long.MAX_VALUE : number(form.group(2));
        if (last < first) {
            return null;
        }
        if (first >= length) {
            throw new UnsatisfiableRange(length);
        }
        return new ByteRange(first, Math.min(last, length - 1));
    }

    private static @Nullable ByteRange suffix(long bytes, long length) {
        if (bytes == 0) {
            throw new UnsatisfiableRange(length);
        }
        return length == 0 ? null : new ByteRange(Math.max(0, length - bytes), length - 1);
    }

    private static long number(String digits) {
        var significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
    }

    long length() {
        return last - first + 1;
    }

    /** The range as a Content-Range header shows it. */
    String of(long length) {
        return "bytes %d-%d/%d".formatted(first, last, length);
    }
}
