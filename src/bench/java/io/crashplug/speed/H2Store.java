package io.crashplug.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Two H2 files that are written at every commit, as the service does by default. */
final class H2Store implements Store {

    private final Path directory = Files.createTempDirectory("crashplug-speed");

    H2Store() throws IOException {}

    @Override
    public String serviceUrl() {
        return url("service");
    }

    @Override
    public String floorUrl() {
        return url("floor");
    }

    private String url(String name) {
        return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(directory.resolve(name));
    }

    @Override
    public String user() {
        return "crashplug";
    }

    @Override
    public void copy() throws IOException {
        Files.copy(directory.resolve("service.mv.db"), directory.resolve("floor.mv.db"));
    }

    @Override
    public boolean counts() {
        return false;
    }

    @Override
    public RowCounts counts(String url) {
        return RowCounts.NONE;
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(directory);
    }
}
