package io.crashplug.diff.web;

import io.crashplug.diff.ByteRange;
import io.swagger.v3.oas.annotations.media.Schema;

/** Bytes of a header. */
@Schema(name = "ByteRange")
record ByteRangeJson(
        @Schema(description = "From the start of the header")
        int offset,

        int sizeBytes) {

    static ByteRangeJson of(ByteRange range) {
        return new ByteRangeJson(range.offset(), range.sizeBytes());
    }
}
