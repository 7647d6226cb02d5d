package io.crashplug.diff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What differs between two elfcorehdrs. With the program headers of the first it gives those of the second: those
 * that were not removed keep their order, changed where it says so, around those added at their positions.
 *
 * @param elfszBytesBefore size of the first
 * @param elfszBytesAfter size of the second
 * @param ehdr fields of the ELF header that differ, in the order in which they are stored
 * @param removed program headers that only the first has, in its order
 * @param added program headers that only the second has, in its order
 * @param changed program headers that both have with other fields, in their order
 * @param bytes bytes that differ, also those of no field
 */
public record HeaderDiff(
        int elfszBytesBefore,
        int elfszBytesAfter,
        List<FieldChange> ehdr,
        List<DescribedPhdr> removed,
        List<DescribedPhdr> added,
        List<ChangedPhdr> changed,
        ByteDifferences bytes) {

    public HeaderDiff {
        ehdr = List.copyOf(ehdr);
        removed = List.copyOf(removed);
        added = List.copyOf(added);
        changed = List.copyOf(changed);
    }

    /** What makes {@code to} of {@code from}; takes O(n log n) whatever the headers hold. */
    public static HeaderDiff between(HeaderSide from, HeaderSide to) {
        var before = from.describedPhdrs();
        var after = to.describedPhdrs();
        var partners = PhdrPairs.of(before, after);
        var removed = new ArrayList<DescribedPhdr>();
        var changed = new ArrayList<ChangedPhdr>();
        var paired = new BitSet();
        for (var one : before) {
            int partner = partners[one.index()];
            if (partner < 0) {
                removed.add(one);
                continue;
            }
            paired.set(partner);
            var other = after.get(partner);
            if (!one.phdr().equals(other.phdr())) {
                changed.add(new ChangedPhdr(one, other, Field.changes(Field.OF_PHDR, one.phdr(), other.phdr())));
            }
        }
        return new HeaderDiff(
                from.bytes().length(),
                to.bytes().length(),
                Field.changes(Field.OF_EHDR, from.decoded().ehdr(), to.decoded().ehdr()),
                removed,
                after.stream().filter(one -> !paired.get(one.index())).toList(),
                changed,
                ByteDifferences.of(from.bytes(), to.bytes()));
    }

    /** Whether nothing differs, neither a byte nor a field nor the size. */
    public boolean isEmpty() {
        return elfszBytesBefore == elfszBytesAfter
                && bytes.differingBytes() == 0
                && ehdr.isEmpty()
                && removed.isEmpty()
                && added.isEmpty()
                && changed.isEmpty();
    }

    /** How much differs, in one sentence without a full stop. */
    public String summary() {
        return isEmpty()
                ? "no differences in %d bytes".formatted(elfszBytesAfter)
                : "program headers: %d removed, %d added, %d changed; ELF header fields: %d changed; bytes: %d differ"
                        .formatted(removed.size(), added.size(), changed.size(), ehdr.size(), bytes.differingBytes());
    }
}
