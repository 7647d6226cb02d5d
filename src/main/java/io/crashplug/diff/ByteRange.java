package io.crashplug.diff;

/**
 * Part of an elfcorehdr's bytes.
 *
 * @param offset the first byte, from the start of the ELF header
 * @param sizeBytes bytes from there on, at least 1
 */
public record ByteRange(int offset, int sizeBytes) {

    /** The first byte behind the range. */
    int end() {
        return offset + sizeBytes;
    }
}
