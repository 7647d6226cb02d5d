package io.crashplug.diff;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A program header that both elfcorehdrs have, with other fields.
 *
 * @param fields those that differ, in the order in which they are stored; at least one
 */
public record ChangedPhdr(DescribedPhdr before, DescribedPhdr after, List<FieldChange> fields) {

    public ChangedPhdr {
        fields = List.copyOf(fields);
    }

    /** As {@code System RAM 0x100000000-0x10fffffff: memorySizeBytes 268435456 -> 134217728}. */
    public String words() {
        return before.words() + fields.stream().map(FieldChange::words).collect(Collectors.joining(", ", ": ", ""));
    }
}
