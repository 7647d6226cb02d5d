package io.crashplug.storecheck;

/** What is checked of a machine. */
public enum Check {
    /** Its rows can be read. */
    READABLE,
    /** Its history counts from 1 without a gap. */
    HISTORY_SEQUENCE,
    /** Each entry begins at the generation at which the one before ended, and adds 1 at most. */
    HISTORY_GENERATION,
    /** Each entry finds the header that the one before left, and names the revision that it wrote. */
    HISTORY_HEADER,
    /** The history ends with the generation and the header that the machine has. */
    HISTORY_END,
    /** Its revisions are numbered without a gap. */
    REVISION_SEQUENCE,
    /** The newest revision is the machine's newest, and the one in force if a header is. */
    REVISION_NEWEST,
    /** The revision on which another one is based is there. */
    REVISION_BASE,
    /** The bytes of a revision can be decoded and have their SHA-256. */
    REVISION_BYTES,
    /** The digests by which a revision is found are those of its bytes. */
    REVISION_DIGEST,
    /** What a kernel built the header from is there, can be decoded and has its SHA-256. */
    REVISION_INPUTS,
    /** A rebuild from these inputs gives the header's bytes. */
    REVISION_REBUILD,
    /** No header is of a later layout than the machine's, nor an earlier one than the header before. */
    HEADER_GENERATION,
    /** The bytes in the header's segment have the SHA-256 of the header in force. */
    HEADER_DIGEST,
    /** The header's segment and what is known of the header are those of the revision in force. */
    HEADER_REVISION,
    /** The bytes of another segment have the SHA-256 with which it was handed over. */
    SEGMENT_DIGEST,
    /** The purgatory's digest is the one of the segments, as long as no rewritten header is among them. */
    PURGATORY_DIGEST,
    /** A comparison of the header with a rebuild of the layout gives the conditions that are stored. */
    CONDITIONS,
    /** It also gives the room for more program headers that is stored. */
    ROOM
}
