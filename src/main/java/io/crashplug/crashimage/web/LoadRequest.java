package io.crashplug.crashimage.web;

import io.crashplug.crashimage.ImageLoader;
import io.crashplug.crashimage.KernelLoader;
import io.crashplug.crashimage.UserspaceLoader;
import io.crashplug.elfcore.LoadPath;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A crash image to load. */
@Schema(name = "LoadCrashImage")
record LoadRequest(
        @Schema(description = "KEXEC_FILE_LOAD: the kernel computes all; KEXEC_LOAD: userspace hands segments over")
        LoadPath loadPath,

        @Schema(description = "KEXEC_LOAD takes it; KEXEC_ON_CRASH where left out") @Nullable
        List<String> flags,

        @Schema(description = "KEXEC_LOAD takes it") @Nullable
        List<SegmentRequest> segments) {

    private static final Pattern FLAG = Pattern.compile("KEXEC_[A-Z0-9_]{1,58}");
    private static final int MAX_FLAGS = 16;

    LoadRequest {
        InvalidField.required(loadPath, "loadPath");
        if (loadPath == LoadPath.KEXEC_FILE_LOAD) {
            forbid(flags, "flags");
            forbid(segments, "segments");
        } else {
            flags = flags == null ? List.of("KEXEC_ON_CRASH") : flags;
            flags = checked(InvalidField.items(flags, MAX_FLAGS, "flags"));
            segments = InvalidField.items(InvalidField.required(segments, "segments"), Integer.MAX_VALUE, "segments");
            if (segments.isEmpty()) {
                throw new InvalidField("segments", "an image has at least one segment; DELETE unloads");
            }
        }
    }

    private static void forbid(@Nullable Object value, String field) {
        if (value != null) {
            throw new InvalidField(field, "KEXEC_FILE_LOAD does not take %s".formatted(field));
        }
    }

    private static List<String> checked(List<String> flags) {
        for (int i = 0; i < flags.size(); i++) {
            if (!FLAG.matcher(flags.get(i)).matches()) {
                throw new InvalidField("flags/" + i, "a flag is called KEXEC_…, as in linux/kexec.h");
            }
        }
        return flags;
    }

    ImageLoader loader() {
        return loadPath == LoadPath.KEXEC_FILE_LOAD
                ? new KernelLoader()
                : new UserspaceLoader(
                        InvalidField.required(flags, "flags"),
                        InvalidField.required(segments, "segments").stream()
                                .map(SegmentRequest::segment)
                                .toList());
    }
}
