package io.crashplug.archive;

import io.crashplug.command.Command;
import io.crashplug.command.CommandFailed;
import io.crashplug.command.StartUpOption;
import io.crashplug.persistence.NewerSchema;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** {@code --import=FILE}. */
@Component
@ConditionalOnProperty("import")
class ImportCommand implements Command {

    private final ReadArchive archive;

    ImportCommand(ReadArchive archive) {
        this.archive = archive;
    }

    @Override
    public StartUpOption option() {
        return StartUpOption.IMPORT;
    }

    @Override
    public int run(@Nullable String value, PrintStream out, PrintStream progress) throws SQLException {
        var file = new ArchiveFile(Path.of(Objects.requireNonNull(value)));
        try {
            var contents = archive.from(file, Progress.everyFewSeconds(progress::println));
            progress.printf("imported %s%n", contents);
            return WELL;
        } catch (DamagedArchive e) {
            throw new CommandFailed("%s %s; nothing was imported".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new CommandFailed("%s cannot be read: %s".formatted(file, e), e);
        } catch (NewerSchema e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        }
    }
}
