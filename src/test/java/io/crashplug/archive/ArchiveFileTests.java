package io.crashplug.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the bytes of a file are those that were written. */
class ArchiveFileTests {

    @TempDir
    private Path directory;

    private static byte[] archive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var archive = new ArchiveWriter(bytes)) {
            archive.begin(MigrationVersion.fromVersion("7"), "1.0", Instant.parse("2026-11-25T20:00:00Z"));
            archive.beginTable(new Table("T", List.of(new Table.Column("A", ColumnType.TEXT)), List.of("A")));
            archive.endTable();
            assertThat(archive.end().bytes()).isEqualTo(bytes.size());
        }
        return bytes.toByteArray();
    }

    private ArchiveFile file(byte[] bytes) throws IOException {
        return new ArchiveFile(Files.write(directory.resolve("archive"), bytes));
    }

    @Test
    void anArchiveIsTakenAsItWasWritten() throws IOException {
        var sha256 = HexFormat.of().formatHex(Seal.sha256().digest(archive()));
        assertThat(file(archive()).checked()).isEqualTo(sha256);
    }

    @Test
    void anyFlippedBitIsFound() throws IOException {
        var archive = archive();
        for (int bit = 0; bit < archive.length * 8; bit++) {
            var flipped = archive.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(file(flipped)::checked).as("bit %d", bit).isInstanceOf(DamagedArchive.class);
        }
    }

    @Test
    void anyOtherLengthIsFound() throws IOException {
        var archive = archive();
        for (int length = 0; length < archive.length; length++) {
            assertThatThrownBy(file(Arrays.copyOf(archive, length))::checked)
                    .as("%d bytes", length)
                    .isInstanceOf(DamagedArchive.class);
        }
        assertThatThrownBy(file(Arrays.copyOf(archive, archive.length + 1))::checked)
                .isInstanceOf(DamagedArchive.class)
                .hasMessageContaining("does not end as an archive does");
        var twice = Arrays.copyOf(archive, 2 * archive.length);
        System.arraycopy(archive, 0, twice, archive.length, archive.length);
        assertThatThrownBy(file(twice)::checked)
                .isInstanceOf(DamagedArchive.class)
                .hasMessageContaining("SHA-256");
    }
}
