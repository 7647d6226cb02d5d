package io.crashplug.diff.web;

import io.crashplug.diff.ChangedPhdr;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A program header that both elfcorehdrs have, with other fields. */
@Schema(name = "ChangedPhdr")
record ChangedPhdrJson(
        int fromIndex,
        int toIndex,

        @Schema(example = "System RAM", description = "What it described before")
        String describes,

        @Schema(
                example = "System RAM 0x100000000-0x10fffffff: memorySizeBytes 268435456 -> 134217728",
                description = "The change in words")
        String detail,

        @Schema(description = "Those that differ") List<FieldChangeJson> fields) {

    static ChangedPhdrJson of(ChangedPhdr changed) {
        return new ChangedPhdrJson(
                changed.before().index(),
                changed.after().index(),
                changed.before().describes(),
                changed.words(),
                changed.fields().stream().map(FieldChangeJson::of).toList());
    }
}
