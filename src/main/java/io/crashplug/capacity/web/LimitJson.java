package io.crashplug.capacity.web;

import io.crashplug.capacity.Limit;
import io.swagger.v3.oas.annotations.media.Schema;

/** A limit as it is answered. */
@Schema(name = "Limit", description = "Something that ends the growth of a header")
record LimitJson(
        @Schema(description = "Program headers that it allows")
        long maxPhdrs,

        @Schema(description = "Program headers that it allows beyond the present ones; negative for as many too many")
        long freePhdrs,

        @Schema(description = "Ranges of memory that can be added before it, 0 or more")
        long moreRanges,

        @Schema(description = "Possible CPUs that can be plugged before it, while the guest runs")
        int moreCpus,

        @Schema(description = "Possible CPUs that another boot could add before it, with the memory as it is")
        long morePossibleCpus,

        @Schema(description = "The same as a sentence") String detail) {

    static LimitJson of(Limit limit) {
        return new LimitJson(
                limit.maxPhdrs(),
                limit.freePhdrs(),
                limit.moreRanges(),
                limit.moreCpus(),
                limit.morePossibleCpus(),
                limit.detail());
    }
}
