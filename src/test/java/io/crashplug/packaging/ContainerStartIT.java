package io.crashplug.packaging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image's own steps and its exact start command, as its user on a read-only root, outside a container. */
@Timeout(240)
class ContainerStartIT {

    /** What container engines grant before they kill, unless told otherwise. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    @TempDir
    private static Path folder;

    private static Container container;
    private static Process service;
    private static Path log;
    private static List<String> environment;
    private static RequestSpecification api;

    @BeforeAll
    static void startTheImagesCommand() throws IOException, InterruptedException {
        if (!canMount()) {
            ExternalTool.leftOut("root and unshare are needed to run the image's start command; its test is left out");
        }
        container = Container.build(Path.of("Dockerfile"), folder);
        log = folder.resolve("service.log");
        var port = freePort();
        environment =
                List.of("SERVER_PORT=" + port, "JAVA_TOOL_OPTIONS=-Xlog:class+load:file=/var/lib/crashplug/classes");
        api = given().baseUri("http://127.0.0.1").port(port).basePath("/api/v1").contentType(ContentType.JSON);
        service = container.start(log, environment);
        var probe = folder.resolve("probe.log");
        while (container.checkHealth(probe, List.of(environment.get(0))) != 0) {
            assertThat(service.isAlive()).as(() -> Container.text(log)).isTrue();
        }
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.destroyForcibly();
        }
    }

    private static boolean canMount() throws IOException, InterruptedException {
        try {
            return Container.ended(
                            new ProcessBuilder("unshare", "--mount", "setpriv", "--bounding-set=-all", "true").start())
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String example(String name) throws IOException {
        return Files.readString(Path.of("examples", name));
    }

    /** One test, since it is one life of a container. */
    @Test
    void answersOnAReadOnlyRootAndStopsInTime() throws IOException, InterruptedException {
        assertThat(proc("status")).contains("Uid:\t10001\t10001\t10001\t10001", "CapBnd:\t0000000000000000");
        assertThat(proc("mounts")).containsPattern(" / \\S+ ro,").containsPattern(" /tmp tmpfs \\S*noexec");

        api.body(example("vm-17.guest.json")).post("/machine-imports").then().statusCode(201);
        api.body(example("kexec-file-load.json"))
                .put("/machines/vm-17/crash-image")
                .then()
                .statusCode(201);
        api.body(example("add-dimm.json"))
                .post("/machines/vm-17/hotplug-events")
                .then()
                .statusCode(201);
        // Revisions are compressed, so Zstandard was loaded: from the image, as nothing in /tmp may be executed.
        assertThat(api.get("/machines/vm-17/elfcorehdr/revisions/1").statusCode())
                .isEqualTo(200);
        assertThat(proc("maps")).contains("/opt/crashplug/native/").doesNotContain("/tmp/libzstd");
        try (var classes = Files.lines(container.volume().resolve("classes"))) {
            assertThat(classes.filter(line -> line.contains("shared objects file"))
                            .count())
                    .as("classes from the image's archive")
                    .isGreaterThan(10_000);
        }

        service.destroy();
        assertThat(service.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).as(() -> Container.text(log)).isEqualTo(128 + 15);
        assertThat(container.checkHealth(folder.resolve("probe.log"), List.of(environment.get(0))))
                .isNotZero();
        assertThat(container.volume().resolve("data/crashplug.mv.db")).isNotEmptyFile();

        var help = folder.resolve("help.log");
        assertThat(Container.ended(container.start(help, List.of(), "--help"))).isZero();
        assertThat(help).content().contains("--");
    }

    private static String proc(String file) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(service.pid()), file));
    }
}
