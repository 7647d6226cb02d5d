package io.crashplug.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and digests what passes, and puts the seal behind it. Another stream takes it, and stays open. */
final class SealedStream extends OutputStream {

    private final OutputStream out;
    private final MessageDigest digest = Seal.sha256();
    private long bytes;

    SealedStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
    }

    void seal() throws IOException {
        write(Seal.of(Seal.digestSoFar(digest)), 0, Seal.BYTES);
        out.flush();
    }

    long bytes() {
        return bytes;
    }

    /** The SHA-256 of all that passed, in hexadecimal. */
    String sha256() {
        return HexFormat.of().formatHex(Seal.digestSoFar(digest));
    }
}
