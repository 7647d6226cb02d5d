package io.crashplug.testdata;

import io.crashplug.elfcore.KernelProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recordings of running guests under {@code /recordings}; README.md there says what was recorded and how. */
public final class Recordings {

    /** The sessions on Linux 6.12 and, last, the one on Linux 6.1. */
    public static final List<String> SESSIONS =
            List.of("k612-nokaslr", "k612-kaslr", "k612-virtio-mem", "k612-kexec-load", "k61");

    private Recordings() {}

    /** The rules of the session's kernel. */
    public static KernelProfile profile(String session) {
        return session.startsWith("k612-") ? KernelProfile.LINUX_6_9 : KernelProfile.LINUX_BEFORE_6_6;
    }

    /** The steps of a session in the order in which they happened. */
    public static List<RecordedStep> steps(String session) {
        try (Stream<Path> entries = Files.list(root().resolve(session))) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d\\d-.*"))
                    .sorted()
                    .map(RecordedStep::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every step of every session that has a header. */
    public static List<RecordedStep> stepsWithHeader() {
        return SESSIONS.stream()
                .flatMap(session -> steps(session).stream())
                .filter(RecordedStep::hasHeader)
                .toList();
    }

    private static Path root() {
        try {
            return Path.of(Recordings.class.getResource("/recordings").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
