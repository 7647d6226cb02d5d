package io.crashplug.archive;

/**
 * What is in an archive.
 *
 * @param tables how many
 * @param rows in all of them
 * @param bytes of the file
 * @param sha256 of the file, in hexadecimal
 */
public record Contents(int tables, long rows, long bytes, String sha256) {

    @Override
    public String toString() {
        return "%d tables, %d rows, %d bytes, SHA-256 %s".formatted(tables, rows, bytes, sha256);
    }
}
