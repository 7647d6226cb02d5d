package io.crashplug.crashimage;

/**
 * A piece of a segment's bytes. Pieces that are all zero are not stored, so neither is a segment's zero tail; and a
 * header that changes rewrites only the pieces that differ.
 *
 * @param index how many pieces lie before it
 * @param bytes the piece without the zeros at its end; whoever reads or makes one does not share them
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares pieces
record SegmentChunk(int index, byte[] bytes) {

    /** Bytes of a segment that one row holds. */
    static final int SIZE_BYTES = 16 * 1024;
}
