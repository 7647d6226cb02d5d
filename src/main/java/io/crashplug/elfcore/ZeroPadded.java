package io.crashplug.elfcore;

import java.security.MessageDigest;

/** Feeds a digest with bytes and the zeros that follow them in memory. */
final class ZeroPadded {

    private static final byte[] ZEROS = new byte[64 * 1024];

    private ZeroPadded() {}

    static void update(MessageDigest digest, HeaderBytes bytes, long length) {
        digest.update(bytes.shared());
        for (long left = length - bytes.length(); left > 0; left -= ZEROS.length) {
            digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }
}
