package io.crashplug.diff;

import java.util.List;
import java.util.stream.Stream;

/**
 * Differences in words, one a line: {@code -} for what was removed, {@code +} for what was added, {@code ~} for what
 * changed; then the summary and the byte ranges.
 */
public final class HeaderDiffText {

    private static final int MOST_KEPT = 200;

    private HeaderDiffText() {}

    public static String of(HeaderDiff diff) {
        var text = new StringBuilder();
        if (diff.elfszBytesBefore() != diff.elfszBytesAfter()) {
            line(text, "~ elfszBytes %d -> %d".formatted(diff.elfszBytesBefore(), diff.elfszBytesAfter()));
        }
        diff.ehdr().forEach(field -> line(text, "~ ELF header: " + field.words()));
        diff.removed().forEach(phdr -> line(text, "- " + phdr.words() + " removed"));
        diff.added().forEach(phdr -> line(text, "+ " + phdr.words() + " added"));
        diff.changed().forEach(phdr -> line(text, "~ " + phdr.words()));
        line(text, diff.summary());
        bytes(text, diff.bytes());
        return text.toString();
    }

    /** The first lines, to be kept with something else. */
    public static List<String> first(HeaderDiff diff) {
        var lines = of(diff).lines().toList();
        int more = lines.size() - MOST_KEPT;
        return more <= 0
                ? lines
                : Stream.concat(lines.stream().limit(MOST_KEPT), Stream.of("and %d lines more".formatted(more)))
                        .toList();
    }

    private static void bytes(StringBuilder text, ByteDifferences bytes) {
        bytes.ranges()
                .forEach(range -> line(text, "  offset %d, %d bytes".formatted(range.offset(), range.sizeBytes())));
        int left = bytes.rangeCount() - bytes.ranges().size();
        if (left > 0) {
            line(text, "  and %d ranges more".formatted(left));
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
