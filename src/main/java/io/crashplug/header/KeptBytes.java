package io.crashplug.header;

import io.crashplug.elfcore.BuildInputs;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.DamagedRevision.Part;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes that are kept of a revision: its segment's content, then the inputs of its build if there are any. */
final class KeptBytes {

    private final HeaderRevision revision;
    private final byte[] all;

    /**
     * @param all what was decoded
     * @throws DamagedRevision if it has another length than was written
     */
    KeptBytes(HeaderRevision revision, byte[] all) {
        if (all.length != revision.allBytes()) {
            throw DamagedRevision.of(
                    Part.CONTENT,
                    revision,
                    "it holds %d bytes in place of %d".formatted(all.length, revision.allBytes()));
        }
        this.revision = revision;
        this.all = all;
    }

    /** The bytes to be stored. */
    static byte[] joined(SegmentContent content, @Nullable HeaderBytes inputs) {
        var known = content.known().toByteArray();
        if (inputs == null) {
            return known;
        }
        var joined = Arrays.copyOf(known, known.length + inputs.length());
        System.arraycopy(inputs.toByteArray(), 0, joined, known.length, inputs.length());
        return joined;
    }

    /**
     * The content of the segment that held the revision.
     *
     * @throws DamagedRevision if it is not what was written
     */
    SegmentContent content() {
        var bytes = part(0, revision.contentBytes(), revision.contentSha256(), Part.CONTENT, "the stored bytes");
        return new SegmentContent(bytes, revision.unknownEnd(), revision.memszBytes());
    }

    /**
     * What the header was built from; empty if that is not kept.
     *
     * @throws DamagedRevision if it is not what was written
     */
    Optional<BuildInputs> inputs() {
        var sha256 = revision.inputsSha256();
        if (revision.inputsBytes() == null || sha256 == null) {
            return Optional.empty();
        }
        var bytes = part(revision.contentBytes(), all.length, sha256, Part.INPUTS, "the stored inputs");
        try {
            return Optional.of(BuildInputs.decode(bytes));
        } catch (IllegalArgumentException e) {
            throw DamagedRevision.of(Part.INPUTS, revision, "the stored inputs cannot be read: " + e.getMessage());
        }
    }

    private HeaderBytes part(int from, int to, String sha256, Part part, String name) {
        var bytes = HeaderBytes.of(Arrays.copyOfRange(all, from, to));
        var actual = bytes.sha256();
        if (!actual.equals(sha256)) {
            throw DamagedRevision.of(part, revision, "%s have SHA-256 %s, not %s".formatted(name, actual, sha256));
        }
        return bytes;
    }
}
