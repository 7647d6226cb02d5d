package io.crashplug.archive;

import io.crashplug.command.Command;
import io.crashplug.command.CommandFailed;
import io.crashplug.command.StartUpOption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** {@code --export=FILE}: the file appears under its name once it is whole and on the disk. */
@Component
@ConditionalOnProperty("export")
class ExportCommand implements Command {

    private static final String STANDARD_OUTPUT = "-";

    private final WriteArchive archive;

    ExportCommand(WriteArchive archive) {
        this.archive = archive;
    }

    @Override
    public StartUpOption option() {
        return StartUpOption.EXPORT;
    }

    @Override
    public int run(@Nullable String value, PrintStream out, PrintStream progress) throws SQLException {
        var name = Objects.requireNonNull(value);
        var seen = Progress.everyFewSeconds(progress::println);
        try {
            var contents = name.equals(STANDARD_OUTPUT) ? toStandardOutput(out, seen) : toFile(Path.of(name), seen);
            progress.printf("exported %s%n", contents);
            return WELL;
        } catch (IOException | JacksonException e) {
            throw new CommandFailed("%s cannot be written: %s".formatted(name, e), e);
        } catch (IllegalStateException e) {
            throw new CommandFailed("nothing was exported: " + e.getMessage(), e);
        }
    }

    private Contents toStandardOutput(PrintStream out, Progress progress) throws IOException, SQLException {
        var contents = archive.to(out, progress);
        // A print stream keeps to itself that something could not be written.
        if (out.checkError()) {
            throw new IOException("not all of it was taken");
        }
        return contents;
    }

    private Contents toFile(Path file, Progress progress) throws IOException, SQLException {
        if (Files.exists(file)) {
            throw new CommandFailed("%s exists already and is not written over".formatted(file));
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        Contents contents;
        try (var channel = created(part)) {
            try {
                contents = archive.to(Channels.newOutputStream(channel), progress);
                channel.force(true);
                Files.move(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return contents;
    }

    private static FileChannel created(Path part) throws IOException {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    "%s exists: another export is under way, or one was ended; remove it in that case".formatted(part),
                    e);
        }
    }
}
