package io.crashplug.crashimage.web;

import io.crashplug.crashimage.UserspaceLoader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KexecSegment;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
