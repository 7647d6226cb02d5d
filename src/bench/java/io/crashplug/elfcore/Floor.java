package io.crashplug.elfcore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs in bench/, compiled into a directory of their own: the same work in plain C. */
final class Floor {

    private static final Path SOURCES = Path.of("bench").toAbsolutePath();

    private final Path directory;

    private Floor(Path directory) {
        this.directory = directory;
    }

    /** Compiles the programs and lets the one that keeps its headers run. */
    static Floor compiledIn(Path directory) throws IOException {
        var floor = new Floor(Files.createDirectories(directory).toAbsolutePath());
        floor.compile("elfcore_floor");
        floor.compile("elfcore_floor_bytes");
        floor.run("elfcore_floor_bytes");
        return floor;
    }

    /** The best times of one run, in the order of {@link FloorLayout}. */
    List<Times> measure() throws IOException {
        return run("elfcore_floor").stream().skip(1).map(Times::parse).toList();
    }

    /** The header that the C program wrote with this many program headers. */
    HeaderBytes header(int phdrCount) throws IOException {
        return HeaderBytes.owning(Files.readAllBytes(directory.resolve("elfcorehdr." + phdrCount)));
    }

    private void compile(String program) throws IOException {
        var source = SOURCES.resolve(program + ".c").toString();
        lines("gcc", "-O2", "-o", directory.resolve(program).toString(), source);
    }

    private List<String> run(String program) throws IOException {
        return lines(directory.resolve(program).toString());
    }

    private List<String> lines(String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        var lines = process.inputReader().lines().toList();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("%s failed:%n%s".formatted(String.join(" ", command), String.join("\n", lines)));
        }
        return lines;
    }

    /**
     * The best times for one layout.
     *
     * @param elfsz bytes of the header
     */
    record Times(int elfsz, double rebuildNs, double buildNs) {

        /** Reads a line of the program's table: CPUs, ranges, elfsz, rebuild_ns, build_ns. */
        static Times parse(String line) {
            var columns = line.strip().split(" +");
            return new Times(
                    Integer.parseInt(columns[2]), Double.parseDouble(columns[3]), Double.parseDouble(columns[4]));
        }

        Times best(Times other) {
            return new Times(elfsz, Math.min(rebuildNs, other.rebuildNs), Math.min(buildNs, other.buildNs));
        }
    }
}
