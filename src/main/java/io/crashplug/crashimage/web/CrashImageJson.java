package io.crashplug.crashimage.web;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.crashimage.LoadedSegment;
import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.DigestRule;
import io.crashplug.elfcore.LoadPath;
import io.crashplug.elfcore.PurgatoryDigest;
import io.crashplug.web.HexAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A crash image as it is answered. */
@Schema(name = "CrashImage")
record CrashImageJson(
        LoadPath loadPath,
        List<String> flags,

        @Schema(description = "Flags that the profile does not know; unlike Linux they are accepted, without effect")
        List<String> ignoredFlags,

        @Schema(description = "What /sys/devices/system/{cpu,memory}/crash_hotplug would read; null without the files")
        @Nullable
        Integer crashHotplugSysfs,

        @Schema(description = "What /sys/kernel/crash_elfcorehdr_size would read; null without the file") @Nullable
        Long crashElfcorehdrSizeBytes,

        @Schema(description = "Whether the purgatory's digest covers the elfcorehdr; null without one") @Nullable
        Boolean digestCoversElfcorehdr,

        @Schema(description = "SHA-256 that the purgatory checks; null when a covered segment's bytes are unknown")
        @Nullable
        String purgatoryDigest,

        @Schema(description = "Whether the kernel may rewrite the elfcorehdr in place")
        boolean hotplugSupport,

        @Schema(description = "The elfcorehdr's segment; null until the kernel has looked for it") @Nullable
        Integer elfcorehdrIndex,

        @Schema(description = "Whether a hotplug event has reached the image")
        boolean elfcorehdrUpdated,

        @Schema(description = "image->elf_headers_sz; 0 for kexec_load")
        long elfHeadersSizeBytes,

        List<SegmentJson> segments,

        @Schema(description = "Number of the header's bytes; null without a header") @Nullable
        Long headerRevision,

        @Schema(description = "The layout the header was built from; null if it was built elsewhere") @Nullable
        Long headerGeneration,

        Instant loadedAt) {

    /** A segment as it is answered. */
    @Schema(name = "Segment")
    record SegmentJson(
            int index,
            HexAddress mem,
            @Schema(types = "integer") BigInteger memszBytes,
            @Schema(types = "integer") BigInteger bufszBytes,

            @Schema(
                    description = "Of the elfcorehdr: of all memszBytes as they are now. Of others: of the"
                            + " bufszBytes handed over. Null where they are not known.")
            @Nullable
            String sha256,

            @Schema(description = "Whether this is the elfcorehdr")
            boolean elfcorehdr) {

        static SegmentJson of(int index, LoadedSegment segment, ArmedImage armed) {
            boolean elfcorehdr = armed.elfcorehdrIndex().orElse(-1) == index;
            var content = armed.contents().get(index);
            return new SegmentJson(
                    index,
                    new HexAddress(segment.mem()),
                    unsigned(segment.memszBytes()),
                    unsigned(segment.bufszBytes()),
                    elfcorehdr ? content.sha256IfKnown() : segment.givenSha256(),
                    elfcorehdr);
        }
    }

    private static BigInteger unsigned(long number) {
        return new BigInteger(Long.toUnsignedString(number));
    }

    static CrashImageJson of(LoadedImage loaded) {
        var image = loaded.image();
        var armed = loaded.armed();
        var kernel = loaded.machine().kernel();
        var profile = kernel.profile();
        boolean inSysfs = profile.hotplugSupport().inSysfs();
        boolean permitted = image.hotplugSupport(profile);
        var index = armed.elfcorehdrIndex();
        return new CrashImageJson(
                image.loadPath(),
                image.flags(),
                image.ignoredFlags(profile),
                inSysfs ? (permitted ? 1 : 0) : null,
                inSysfs ? kernel.config().crashElfcorehdrSizeBytes() : null,
                index.isPresent() ? digestCovers(image, profile.digestRule(), index.getAsInt()) : null,
                image.purgatoryDigest(),
                permitted,
                image.elfcorehdrIndex().orElse(null),
                image.elfcorehdrUpdated(),
                image.elfHeadersSizeBytes(),
                IntStream.range(0, image.segments().size())
                        .mapToObj(i -> SegmentJson.of(i, image.segments().get(i), armed))
                        .toList(),
                image.header().map(HeaderInForce::revision).orElse(null),
                image.header().map(HeaderInForce::generation).orElse(null),
                image.loadedAt());
    }

    private static boolean digestCovers(CrashImage image, DigestRule rule, int index) {
        return PurgatoryDigest.covers(rule, index, image.digestLeftOutIndex());
    }
}
