package io.crashplug.elfcore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the numbers and texts of {@link InputsFormat} one after the other. */
final class InputsWriter {

    private static final int MOST_PER_NUMBER = 10;

    private byte[] bytes = new byte[512];
    private int length;

    /** @param value unsigned */
    void number(long value) {
        reserve(MOST_PER_NUMBER);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void difference(long value) {
        number(value << 1 ^ value >> 63);
    }

    void text(String text) {
        var ascii = text.getBytes(StandardCharsets.US_ASCII);
        number(ascii.length);
        reserve(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + more));
        }
    }

    HeaderBytes bytes() {
        return HeaderBytes.owning(Arrays.copyOf(bytes, length));
    }
}
