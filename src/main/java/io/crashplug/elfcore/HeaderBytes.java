package io.crashplug.elfcore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as a value: copied in and out, compared by content, printed as a length. */
public final class HeaderBytes {

    private final byte[] bytes;

    private HeaderBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static HeaderBytes of(byte[] bytes) {
        return new HeaderBytes(bytes.clone());
    }

    /** Takes the array over: the caller must not keep it. */
    static HeaderBytes owning(byte[] bytes) {
        return new HeaderBytes(bytes);
    }

    public int length() {
        return bytes.length;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The same bytes without a copy, for this package to read. */
    byte[] shared() {
        return bytes;
    }

    /** SHA-256 of the bytes, in lower-case hexadecimal. */
    public String sha256() {
        return HexFormat.of().formatHex(sha256Digest().digest(bytes));
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
