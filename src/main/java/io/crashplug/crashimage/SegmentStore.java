package io.crashplug.crashimage;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.SegmentContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads segments' bytes from the database and writes what changed of them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SegmentStore {

    private final SegmentChunks chunks;

    SegmentStore(SegmentChunks chunks) {
        this.chunks = chunks;
    }

    /** All that is known of a segment. */
    SegmentContent read(UUID machine, int index, LoadedSegment segment) {
        return new SegmentContent(
                bytes(machine, index, segment.knownBytes(), Integer.MAX_VALUE),
                segment.unknownEnd(),
                segment.memszBytes());
    }

    /** A segment's first piece, by which an elfcorehdr is found; what follows counts as unknown. */
    SegmentContent readFirst(UUID machine, int index, LoadedSegment segment) {
        int first = Math.min(segment.knownBytes(), SegmentChunk.SIZE_BYTES);
        boolean all = first == segment.knownBytes();
        return new SegmentContent(
                bytes(machine, index, first, 1),
                all ? segment.unknownEnd() : segment.memszBytes(),
                segment.memszBytes());
    }

    private HeaderBytes bytes(UUID machine, int index, int length, int belowChunk) {
        var bytes = new byte[length];
        for (var chunk : chunks.of(machine, index, belowChunk)) {
            var piece = chunk.bytes();
            System.arraycopy(piece, 0, bytes, chunk.index() * SegmentChunk.SIZE_BYTES, piece.length);
        }
        return HeaderBytes.of(bytes);
    }

    /** Stores the bytes of a segment that has none stored. */
    void insert(UUID machine, int index, SegmentContent content) {
        update(machine, index, SegmentContent.of(HeaderBytes.of(new byte[0]), content.memszBytes()), content);
    }

    /** Writes the pieces by which {@code after} differs from {@code before}, and no others. */
    void update(UUID machine, int index, SegmentContent before, SegmentContent after) {
        var old = before.known().toByteArray();
        var bytes = after.known().toByteArray();
        var gone = new ArrayList<Integer>();
        var added = new ArrayList<SegmentChunk>();
        var changed = new ArrayList<SegmentChunk>();
        for (int i = 0; i * SegmentChunk.SIZE_BYTES < Math.max(old.length, bytes.length); i++) {
            var was = piece(old, i);
            var is = piece(bytes, i);
            if (Arrays.equals(was, is)) {
                continue;
            }
            if (is.length == 0) {
                gone.add(i);
            } else {
                (was.length == 0 ? added : changed).add(new SegmentChunk(i, is));
            }
        }
        chunks.delete(machine, index, gone);
        chunks.update(machine, index, changed);
        chunks.insert(machine, index, added);
    }

    void deleteAll(UUID machine) {
        chunks.deleteAll(machine);
    }

    /** The i-th piece without the zeros at its end, which are implied. */
    private static byte[] piece(byte[] bytes, int i) {
        int from = Math.min(i * SegmentChunk.SIZE_BYTES, bytes.length);
        int to = Math.min(from + SegmentChunk.SIZE_BYTES, bytes.length);
        while (to > from && bytes[to - 1] == 0) {
            to--;
        }
        return Arrays.copyOfRange(bytes, from, to);
    }
}
