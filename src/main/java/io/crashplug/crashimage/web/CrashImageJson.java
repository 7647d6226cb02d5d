package io.crashplug.crashimage.web;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.elfcore.DigestRule;
import io.crashplug.elfcore.LoadPath;
import io.crashplug.elfcore.PurgatoryDigest;
import io.swagger.v3.oas.annotations.media.Schema;
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
