package io.crashplug.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** An archive in a file. */
final class ArchiveFile {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    private final Path path;
    private long bytesRead;

    ArchiveFile(Path path) {
        this.path = path;
    }

    /**
     * Reads all of it to see whether its bytes are those that were written.
     *
     * @return the SHA-256 of the file, in hexadecimal
     * @throws DamagedArchive if they are not
     */
    String checked() throws IOException {
        long length = Files.size(path);
        try (var in = Files.newInputStream(path)) {
            var magic = in.readNBytes(ZSTD_MAGIC.length);
            if (!Arrays.equals(magic, ZSTD_MAGIC)) {
                throw new DamagedArchive("is no archive of Crashplug");
            }
            var sealed = Seal.sha256();
            sealed.update(magic);
            var buffer = new byte[BUFFER_BYTES];
            long left = length - magic.length - Seal.BYTES;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                sealed.update(buffer, 0, read);
                left -= read;
            }
            var seal = in.readAllBytes();
            if (!Seal.isOne(seal)) {
                throw new DamagedArchive("does not end as an archive does: it was cut, or something was added");
            }
            if (!Arrays.equals(Seal.of(Seal.digestSoFar(sealed)), seal)) {
                throw new DamagedArchive("is damaged: its SHA-256 is not the one that was written");
            }
            sealed.update(seal);
            return HexFormat.of().formatHex(sealed.digest());
        }
    }

    long bytes() throws IOException {
        return Files.size(path);
    }

    /** Its lines, unpacked. */
    InputStream lines() throws IOException {
        return new ZstdInputStream(new BufferedInputStream(new Counted(Files.newInputStream(path)), BUFFER_BYTES));
    }

    /** How many bytes were unpacked so far. */
    long bytesRead() {
        return bytesRead;
    }

    private final class Counted extends FilterInputStream {

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            bytesRead += Math.max(read, 0);
            return read;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
