package io.crashplug.hotplug;

import io.crashplug.crashimage.CrashImageChanged;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.ArmedImage;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * What an event did to a header.
 *
 * @param revision number of the bytes in force afterwards; null once unloaded
 * @param elfszBytes size of the header that was built, or else of the one in force
 * @param memszBytes size of its segment, unsigned
 * @param phdrCount program headers of the header that was built, or else of the one in force
 * @param changedBytes bytes of the segment that changed; null for a load, whose segment is another one
 * @param sha256Before of the header in force before; null if there was none
 * @param sha256After of the header in force afterwards; null once unloaded
 */
@Embeddable
public record HeaderChange(
        @Nullable Long revision,
        int elfszBytes,
        long memszBytes,
        int phdrCount,
        @Nullable Integer changedBytes,
        @Nullable String sha256Before,
        @Nullable String sha256After) {

    /** A header was rebuilt over the one before, if there was one, in the segment of these images. */
    static HeaderChange rebuilt(
            @Nullable HeaderInForce before, HeaderInForce after, ArmedImage imageBefore, ArmedImage imageAfter) {
        int index = imageAfter.elfcorehdrIndex().orElseThrow();
        var content = imageAfter.contents().get(index);
        return new HeaderChange(
                after.revision(),
                after.elfszBytes(),
                content.memszBytes(),
                after.phdrCount(),
                content.changedBytes(imageBefore.contents().get(index)),
                before == null ? null : before.sha256(),
                after.sha256());
    }

    /** A header was built, but the one in force stays. */
    static HeaderChange attempted(HeaderInForce inForce, int elfszBytes, long memszBytes, int phdrCount) {
        return new HeaderChange(
                inForce.revision(), elfszBytes, memszBytes, phdrCount, 0, inForce.sha256(), inForce.sha256());
    }

    /** What loading or unloading an image changed; null if it has no header. */
    static @Nullable HeaderChange of(CrashImageChanged change) {
        var before = change.before();
        var after = change.after();
        var shown = after == null ? before : after;
        if (shown == null || change.memszBytes() == null) {
            return null;
        }
        return new HeaderChange(
                after == null ? null : after.revision(),
                shown.elfszBytes(),
                change.memszBytes(),
                shown.phdrCount(),
                null,
                sha256(before),
                sha256(after));
    }

    private static @Nullable String sha256(@Nullable HeaderInForce header) {
        return header == null ? null : header.sha256();
    }
}
