package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.crashplug.testdata.ExternalTool;
import io.crashplug.testdata.Qemu;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** integrations/qmp/crashplug-qmp-watch, attached to a real QEMU. */
@Timeout(120)
class QmpWatchTests extends ApiTest {

    private static final Path WATCH =
            Path.of("integrations/qmp/crashplug-qmp-watch").toAbsolutePath();

    private static final int MOST_SECONDS = 30;
    private static final String EAGER = "--interval=0.2";

    /** So long that nothing but an event makes it look again. */
    private static final String BY_EVENTS_ALONE = "--interval=3600";

    @Value("${local.server.port}")
    private int port;

    @TempDir
    private Path folder;

    private final List<Process> watchers = new ArrayList<>();

    @AfterEach
    void endWatchers() throws InterruptedException {
        for (var watcher : watchers) {
            watcher.destroyForcibly().waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Process watch(Path monitor, String machine, String... options) throws IOException {
        return watch(monitor, machine, port, options);
    }

    private Process watch(Path monitor, String machine, int at, String... options) throws IOException {
        var command = new ArrayList<>(List.of("python3", WATCH.toString(), "unix:" + monitor, machine));
        command.add("--url=http://127.0.0.1:" + at);
        command.addAll(List.of(options));
        try {
            var watcher = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(said(machine).toFile()))
                    .start();
            watchers.add(watcher);
            return watcher;
        } catch (IOException e) {
            throw new AssertionError(ExternalTool.leftOut("python3 is missing, so the watcher is not tried"), e);
        }
    }

    private Path said(String machine) {
        return folder.resolve(machine + ".log");
    }

    private List<String> lines(String machine) {
        try {
            return Files.readAllLines(said(machine));
        } catch (IOException e) {
            return List.of();
        }
    }

    private void await(String what, String machine, BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s; the watcher said %s", what, lines(machine))
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** A machine of what QEMU tells at first. */
    private String imported(Qemu qemu) {
        var name = newName("watched");
        var document = JSON.createObjectNode().put("name", name);
        var replies = document.putObject("replies");
        for (var query : List.of("query-memory-devices", "query-hotpluggable-cpus", "query-memory-size-summary")) {
            replies.set(query, qemu.ask(query));
        }
        importGuest(document);
        return name;
    }

    private List<String> devices(String machine) {
        return machine(machine)
                .at("/memory/systemRam")
                .valueStream()
                .filter(range -> range.has("device") && !range.get("device").isNull())
                .map(range -> range.at("/device/id").stringValue())
                .toList();
    }

    private String present(String machine) {
        return machine(machine).at("/cpus/present").stringValue();
    }

    private JsonNode history(String machine) {
        return body(api().get("/machines/" + machine + "/hotplug-events"), 200).get("items");
    }

    @Test
    void dimmsAndCpusThatArePluggedInAreFollowed() throws Exception {
        try (var qemu = Qemu.start(folder)) {
            var name = imported(qemu);
            var before = machine(name).at("/memory/systemRam");
            watch(qemu.watched(), name, EAGER);
            qemu.plugDimm("d0", 0);
            await("d0 is there", name, () -> devices(name).equals(List.of("d0")));
            qemu.plugDimm("d1", 1);
            await("d1 is there", name, () -> devices(name).equals(List.of("d0", "d1")));
            qemu.plugCpu(2);
            await("CPU 2 is there", name, () -> present(name).equals("0,2"));
            qemu.unplugDimm("d0", 0);
            await("d0 is gone", name, () -> devices(name).equals(List.of("d1")));
            qemu.unplugDimm("d1", 1);
            await("d1 is gone", name, () -> devices(name).isEmpty());
            assertThat(machine(name).at("/memory/systemRam")).isEqualTo(before);
            assertThat(history(name)).hasSize(5);
            assertThat(lines(name)).anyMatch(line -> line.contains("ADD_MEMORY, "));
        }
    }

    private void awaitInStep(String machine) throws InterruptedException {
        await("it is in step", machine, () -> lines(machine).stream().anyMatch(line -> line.endsWith(": in step")));
    }

    @Test
    void anEventIsFollowedAtOnce() throws Exception {
        try (var qemu = Qemu.start(folder)) {
            qemu.plugDimm("d0", 0);
            var name = imported(qemu);
            watch(qemu.watched(), name, BY_EVENTS_ALONE);
            awaitInStep(name);
            qemu.unplugDimm("d0", 0);
            await("d0 is gone", name, () -> devices(name).isEmpty());
            var entry = history(name).get(0);
            assertThat(entry.get("reason").stringValue()).isEqualTo("QEMU: DEVICE_DELETED of d0");
        }
    }

    @Test
    void aCpuThatIsRemovedIsFollowed() throws Exception {
        try (var qemu = Qemu.start(folder)) {
            qemu.plugCpu(1);
            var name = imported(qemu);
            assertThat(present(name)).isEqualTo("0-1");
            watch(qemu.watched(), name, BY_EVENTS_ALONE);
            awaitInStep(name);
            qemu.unplugCpu(1);
            await("CPU 1 is gone", name, () -> present(name).equals("0"));
        }
    }

    @Test
    void itAttachesAgain() throws Exception {
        var qemu = Qemu.start(folder);
        var name = imported(qemu);
        try (qemu) {
            watch(qemu.watched(), name, EAGER);
            awaitInStep(name);
            qemu.plugDimm("d0", 0);
            await("d0 is there", name, () -> devices(name).equals(List.of("d0")));
        }
        await("it misses QEMU", name, () -> lines(name).stream().anyMatch(line -> line.contains("closed")));
        try (var next = Qemu.start(folder)) {
            await("the guest began anew", name, () -> devices(name).isEmpty());
            next.plugDimm("d1", 0);
            await("d1 is there", name, () -> devices(name).equals(List.of("d1")));
            assertThat(lines(name)).anyMatch(line -> line.contains("attached to unix:" + next.watched() + " again"));
        }
    }

    @Test
    void whatIsRefusedIsSaidOnceAndNotRetried() throws Exception {
        try (var qemu = Qemu.start(folder)) {
            var name = newName("refused");
            // Of another guest, whose memory lies where QEMU puts the DIMM.
            create(JSON.writeValueAsString(Map.of(
                    "name",
                    name,
                    "cpus",
                    Map.of("possible", "0-3", "present", "0"),
                    "memory",
                    JSON.readTree("{\"systemRam\": [{\"start\": \"0x100000000\", \"end\": \"0x1ffffffff\"}]}"))));
            watch(qemu.watched(), name, EAGER, "--resync=0.2");
            awaitInStep(name);
            qemu.plugDimm("d0", 0);
            await(
                    "it is refused",
                    name,
                    () -> lines(name).stream().anyMatch(line -> line.contains("refused, and not")));
            Thread.sleep(1000);
            assertThat(history(name)).hasSize(1);
            assertThat(lines(name).stream().filter(line -> line.contains("/problems/range-overlap")))
                    .hasSize(1);
            qemu.unplugDimm("d0", 0);
            qemu.plugCpu(3);
            await("CPU 3 is there", name, () -> present(name).equals("0,3"));
            assertThat(history(name)).hasSize(2);
        }
    }

    @Test
    void aMachineThatIsNotThereYetIsWaitedFor() throws Exception {
        try (var qemu = Qemu.start(folder)) {
            var name = newName("later");
            watch(qemu.watched(), name, EAGER);
            await(
                    "it is missed",
                    name,
                    () -> lines(name).stream().anyMatch(line -> line.contains("there is no machine")));
            create(SecuredTest.machine(name, Map.of()));
            await("its CPUs are those of the guest", name, () -> present(name).equals("0"));
            assertThat(lines(name).stream().filter(line -> line.contains("there is no machine")))
                    .hasSize(1);
        }
    }

    /** A service that answers 503 at first. */
    @Test
    void whatWasNotAnsweredIsSentAgainWithItsKey() throws Exception {
        var keys = new CopyOnWriteArrayList<String>();
        var service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            var answer = "{\"changed\": false, \"warnings\": []}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(keys.size() < 3 ? 503 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
        var token = Files.writeString(folder.resolve("token"), "secret\n");
        try (var qemu = Qemu.start(folder)) {
            watch(qemu.watched(), "vm", service.getAddress().getPort(), EAGER, "--token-file=" + token);
            await("it was sent three times", "vm", () -> keys.size() == 3);
            assertThat(keys.stream().distinct()).singleElement().asString().endsWith(" Bearer secret");
            qemu.plugDimm("d0", 0);
            await("a new one is sent", "vm", () -> keys.size() == 4);
            assertThat(keys.get(3)).isNotEqualTo(keys.get(0));
        } finally {
            service.stop(0);
        }
    }

    @Test
    void onceLooksOnce() throws Exception {
        try (var qemu = Qemu.start(folder)) {
            var name = imported(qemu);
            qemu.plugDimm("d0", 0);
            assertThat(status(watch(qemu.watched(), name, "--once"))).isZero();
            assertThat(devices(name)).containsExactly("d0");
            assertThat(status(watch(qemu.watched(), "nobody", "--once"))).isEqualTo(1);
            assertThat(status(watch(folder.resolve("nothing"), name, "--once"))).isEqualTo(1);
            assertThat(status(watch(qemu.watched(), name, "--interval=0"))).isEqualTo(2);
        }
    }

    private static int status(Process watcher) throws InterruptedException {
        assertThat(watcher.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return watcher.exitValue();
    }

    /** It goes on, whatever answers in the place of the service. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
                "HTTP/1.1 503 Busy\r\nRetry-After: 99999999999999999999\r\nContent-Length: 100\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
                "HTTP/1.1 201 Created\r\nContent-Length: 16\r\n\r\n{\"changed\":true}",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                ""
            })
    void anOddAnswerIsSaidAndTriedAgain(String answer) throws Exception {
        try (var qemu = Qemu.start(folder);
                var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var watcher = watch(qemu.watched(), "vm", service.getLocalPort(), EAGER);
            try (var socket = service.accept()) {
                socket.getInputStream().read();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                await("it says so", "vm", () -> !lines("vm").isEmpty());
            }
            assertThat(watcher.isAlive()).isTrue();
            assertThat(lines("vm")).singleElement().asString().contains("not sent, will be tried again: ");
        }
    }

    @Test
    void aFileThatHoldsNoTokenIsNotRepeated() throws Exception {
        var token = Files.writeString(folder.resolve("tokens"), "secret-a\nsecret-b\n");
        try (var qemu = Qemu.start(folder)) {
            assertThat(status(watch(qemu.watched(), "vm", "--once", "--token-file=" + token)))
                    .isEqualTo(1);
            assertThat(lines("vm")).singleElement().asString().endsWith("does not hold one token");
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        assertThat(status(watch(folder.resolve("nothing"), "vm", "--once", "--ca-file=/nonexistent")))
                .isEqualTo(2);
        assertThat(lines("vm")).last().asString().contains("/nonexistent holds no certificates: ");
    }

    /** Some machines of QEMU have no slots to ask for. */
    @Test
    void whatQemuRefusesIsSaidOnce() throws Exception {
        var path = folder.resolve("other");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(path));
            watch(path, "vm", EAGER);
            for (int i = 0; i < 2; i++) {
                try (var socket = listening.accept()) {
                    socket.write(ByteBuffer.wrap(
                            "{\"QMP\": {}}\n{\"return\": {}}\n{\"error\": \"x\"}\n".getBytes(StandardCharsets.UTF_8)));
                    // Until it goes away.
                    var asked = ByteBuffer.allocate(4096);
                    while (socket.read(asked.clear()) >= 0) {}
                }
            }
            await("it is said", "vm", () -> !lines("vm").isEmpty());
            assertThat(lines("vm")).singleElement().asString().endsWith("query-memory-devices: \"x\"");
        }
    }

    /** Something else than QEMU may listen there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            220 mail.example ESMTP | what answers there is no QMP monitor
            [1]                    | what answers there is no QMP monitor
            {"hello": 1}           | what answers there is no QMP monitor
            """)
    void whatIsNoMonitorIsSaid(String greeting, String said) throws Exception {
        var path = folder.resolve("other");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(path));
            var watcher = watch(path, "vm", "--once");
            try (var socket = listening.accept()) {
                socket.write(ByteBuffer.wrap((greeting + "\n").getBytes(StandardCharsets.UTF_8)));
                assertThat(status(watcher)).isEqualTo(1);
            }
        }
        assertThat(lines("vm")).singleElement().asString().endsWith(said);
    }
}
