package io.crashplug.diff.web;

import io.crashplug.diff.FieldChange;
import io.crashplug.diff.Notation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;

/** A field that differs. */
@Schema(name = "FieldChange")
record FieldChangeJson(
        @Schema(example = "memorySizeBytes", description = "As in Ehdr or Phdr")
        String name,

        @Schema(
                types = {"string", "integer"},
                example = "268435456",
                description = "As that field is written: addresses are text, sizes are numbers")
        Object before,

        @Schema(
                types = {"string", "integer"},
                example = "134217728")
        Object after) {

    static FieldChangeJson of(FieldChange change) {
        return new FieldChangeJson(
                change.name(), value(change.notation(), change.before()), value(change.notation(), change.after()));
    }

    private static Object value(Notation notation, BigInteger value) {
        return notation == Notation.NUMBER ? value : notation.text(value);
    }
}
