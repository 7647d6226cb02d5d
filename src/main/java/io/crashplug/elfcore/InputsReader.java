package io.crashplug.elfcore;

import java.nio.charset.StandardCharsets;

/** Reads the numbers and texts of {@link InputsFormat}; whatever is not of its form is an IllegalArgumentException. */
final class InputsReader {

    private final byte[] bytes;
    private int at;

    InputsReader(HeaderBytes bytes) {
        this.bytes = bytes.shared();
    }

    /** The next number, unsigned. */
    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = next();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw wrong("a number has more than 64 bits");
    }

    long difference() {
        long number = number();
        return number >>> 1 ^ -(number & 1);
    }

    boolean flag() {
        long number = number();
        if (number != 0 && number != 1) {
            throw wrong("%s is neither 0 nor 1".formatted(Long.toUnsignedString(number)));
        }
        return number == 1;
    }

    /** How many items follow; each takes a byte at least, so there are no more than bytes. */
    int count() {
        long number = number();
        if (Long.compareUnsigned(number, bytes.length - at) > 0) {
            throw wrong("%s items do not fit the %d bytes that follow"
                    .formatted(Long.toUnsignedString(number), bytes.length - at));
        }
        return (int) number;
    }

    String text() {
        int length = count();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.US_ASCII);
    }

    void requireEnd() {
        if (at != bytes.length) {
            throw wrong("%d bytes are left over".formatted(bytes.length - at));
        }
    }

    private byte next() {
        if (at == bytes.length) {
            throw wrong("the bytes end too early");
        }
        return bytes[at++];
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("inputs at byte %d: %s".formatted(at, what));
    }
}
