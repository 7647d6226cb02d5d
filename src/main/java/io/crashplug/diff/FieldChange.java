package io.crashplug.diff;

import java.math.BigInteger;

/**
 * A field that differs.
 *
 * @param name as the API calls it
 * @param before its value, unsigned
 * @param after its other value, unsigned
 */
public record FieldChange(String name, Notation notation, BigInteger before, BigInteger after) {

    /** As {@code memorySizeBytes 268435456 -> 134217728}. */
    public String words() {
        return "%s %s -> %s".formatted(name, notation.text(before), notation.text(after));
    }
}
