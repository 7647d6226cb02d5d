package io.crashplug.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The last bytes of an archive: a skippable frame of Zstandard (RFC 8878, 3.1.2), whose content is the SHA-256 of all
 * bytes before it. Tools that unpack an archive pass over it.
 */
final class Seal {

    private static final int MAGIC = 0x184D2A50;
    private static final int DIGEST_BYTES = 32;

    /** How many bytes the seal has. */
    static final int BYTES = 8 + DIGEST_BYTES;

    private Seal() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The digest of what was digested so far; more may follow. */
    static byte[] digestSoFar(MessageDigest digest) {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this Java cannot be told in between", e);
        }
    }

    static byte[] of(byte[] digest) {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(DIGEST_BYTES)
                .put(digest)
                .array();
    }

    /** Whether bytes are a seal, of whatever. */
    static boolean isOne(byte[] bytes) {
        return bytes.length == BYTES
                && Arrays.equals(of(Arrays.copyOfRange(bytes, BYTES - DIGEST_BYTES, BYTES)), bytes);
    }
}
