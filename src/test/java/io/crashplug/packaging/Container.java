package io.crashplug.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a container engine makes of the Dockerfile, without one: its instructions are carried out in a folder, with the
 * system's own programs and this Java as the base image, and its start command runs there as its user, see
 * {@code packaging/inside}.
 */
final class Container {

    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final Path INSIDE =
            Path.of("src/test/resources/packaging/inside").toAbsolutePath();

    private final Dockerfile dockerfile;
    private final Path root;

    private Container(Dockerfile dockerfile, Path root) {
        this.dockerfile = dockerfile;
        this.root = root;
    }

    /** Builds the image in a folder below {@code folder}; the build context is the current folder. */
    static Container build(Path dockerfile, Path folder) throws IOException, InterruptedException {
        var container = new Container(Dockerfile.read(dockerfile), Files.createDirectory(folder.resolve("root")));
        for (var instruction : container.dockerfile.instructions()) {
            switch (instruction.word()) {
                case "COPY" ->
                    container.copy(
                            instruction.words().get(0), instruction.words().get(1));
                case "RUN" -> container.run(folder.resolve("build.log"), instruction.command());
                default -> {}
            }
        }
        container.makeVolume();
        return container;
    }

    /** As engines do: a new volume begins with what the image holds there. */
    private void makeVolume() throws IOException, InterruptedException {
        var inside = String.join("", dockerfile.only("VOLUME").command());
        var copied = ended(new ProcessBuilder("cp", "-a", path(inside).toString(), volume().toString()).start());
        assertThat(copied).isZero();
    }

    /** What the image adds to its base, and the volume is. */
    Path path(String inside) {
        return root.resolve(inside.substring(1));
    }

    Path volume() {
        return root.resolveSibling("root.volume");
    }

    /** Starts the service as the image does. */
    Process start(Path log, List<String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(dockerfile.only("ENTRYPOINT").command());
        command.addAll(List.of(arguments));
        return inside("run", log, environment, command);
    }

    /** Runs the image's health check beside the service, and gives its exit status. */
    int checkHealth(Path log, List<String> environment) throws IOException, InterruptedException {
        return ended(inside("run", log, environment, dockerfile.healthCheck()));
    }

    static int ended(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void run(Path log, List<String> command) throws IOException, InterruptedException {
        var status = ended(inside("build", log, List.of(), command));
        assertThat(status).as(() -> text(log)).isZero();
    }

    private Process inside(String mode, Path log, List<String> environment, List<String> command) throws IOException {
        var user = dockerfile.only("USER").rest().split(":");
        var all = new ArrayList<>(List.of("unshare", "--mount", INSIDE.toString(), root.toString(), mode));
        all.addAll(List.of(String.join("", dockerfile.only("VOLUME").command()), JAVA_HOME, user[0], user[1]));
        all.add(mode.equals("run") ? dockerfile.only("WORKDIR").rest() : "/");
        all.add("PATH=" + JAVA_HOME + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        all.addAll(dockerfile.environment());
        all.addAll(environment);
        all.addAll(command);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Keeps times and modes, as engines do. */
    private void copy(String from, String to) throws IOException {
        var source = Path.of(from);
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                var target = path(to).resolve(source.relativize(file).toString());
                if (source.equals(file)) {
                    target = path(to);
                    Files.createDirectories(target.getParent());
                }
                if (!Files.isDirectory(file)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                } else {
                    Files.createDirectories(target);
                }
            }
        }
    }

    static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
