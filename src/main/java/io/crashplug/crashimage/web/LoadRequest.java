package io.crashplug.crashimage.web;

import io.crashplug.crashimage.ImageLoader;
import io.crashplug.crashimage.KernelLoader;
import io.crashplug.crashimage.UserspaceLoader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KexecSegment;
import io.crashplug.elfcore.LoadPath;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    /** Far above what a kernel takes: the refusal of too many is the kernel's. */
    private static final int MAX_SEGMENTS = 1024;

    LoadRequest {
        InvalidField.required(loadPath, "loadPath");
        if (loadPath == LoadPath.KEXEC_FILE_LOAD) {
            forbid(flags, "flags");
            forbid(segments, "segments");
        } else {
            flags = flags == null ? List.of("KEXEC_ON_CRASH") : flags;
            flags = checked(InvalidField.items(flags, MAX_FLAGS, "flags"));
            segments = InvalidField.items(InvalidField.required(segments, "segments"), MAX_SEGMENTS, "segments");
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

    /** A segment as userspace hands it over. What is known of its bytes may be all, a beginning, a hash, or nothing. */
    @Schema(name = "SegmentToLoad")
    @SuppressWarnings("ArrayRecordComponent") // only ever read from JSON, never compared
    record SegmentRequest(
            HexAddress mem,
            @Schema(types = "integer", minimum = "0") BigInteger memszBytes,
            @Schema(types = "integer", minimum = "0") BigInteger bufszBytes,

            @Schema(format = "byte", description = "All bufszBytes bytes")
            byte @Nullable [] content,

            @Schema(description = "Of all bufszBytes bytes", pattern = "^[0-9a-fA-F]{64}$") @Nullable
            String sha256,

            @Schema(format = "byte", description = "The first bytes, where not all are known")
            byte @Nullable [] head) {

        private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

        SegmentRequest {
            InvalidField.required(mem, "mem");
            u64(memszBytes, "memszBytes");
            long bufsz = u64(bufszBytes, "bufszBytes");
            if (content != null && content.length != bufsz) {
                throw new InvalidField(
                        "content",
                        "content has %d bytes, not the %s of bufszBytes"
                                .formatted(content.length, Long.toUnsignedString(bufsz)));
            }
            if (head != null && Long.compareUnsigned(head.length, bufsz) > 0) {
                throw new InvalidField(
                        "head",
                        "head has %d bytes, more than the %s of bufszBytes"
                                .formatted(head.length, Long.toUnsignedString(bufsz)));
            }
            if (content != null && head != null && !Arrays.equals(head, Arrays.copyOf(content, head.length))) {
                throw new InvalidField("head", "head is not how content begins");
            }
            if (sha256 != null && !SHA256.matcher(sha256).matches()) {
                throw new InvalidField("sha256", "sha256 is not 64 hexadecimal digits");
            }
            sha256 = checked(content, sha256);
        }

        private static @Nullable String checked(byte @Nullable [] content, @Nullable String sha256) {
            if (content == null) {
                return sha256 == null ? null : sha256.toLowerCase(Locale.ROOT);
            }
            var actual = HeaderBytes.of(content).sha256();
            if (sha256 != null && !actual.equalsIgnoreCase(sha256)) {
                throw new InvalidField("sha256", "content hashes to %s".formatted(actual));
            }
            return actual;
        }

        private static long u64(@Nullable BigInteger value, String field) {
            var number = InvalidField.required(value, field);
            if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
                throw new InvalidField(field, "%s is not between 0 and 2^64 - 1".formatted(field));
            }
            return number.longValue();
        }

        UserspaceLoader.Segment segment() {
            var known = content != null ? content : head != null ? head : new byte[0];
            return new UserspaceLoader.Segment(
                    new KexecSegment(mem.value(), memszBytes.longValue(), bufszBytes.longValue()),
                    HeaderBytes.of(known),
                    sha256);
        }
    }
}
