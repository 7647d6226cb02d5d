package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.crashplug.api.PlainClient;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep connections and say little do not keep the service from the others. */
@ExtendWith(ProcessLogs.class)
class HostileConnectionsIT {

    private static final int IDLE = 10_000;

    /** More than the service has threads. */
    private static final int SLOW = 300;

    private static final String MACHINE = """
            {"name": "%s", "cpus": {"possible": "0", "present": "0"},
             "memory": {"systemRam": [{"start": "0x100000", "sizeBytes": 4096}]}}""";

    @TempDir
    private Path directory;

    private static final class Connections implements Closeable {

        private final List<SocketChannel> open = new ArrayList<>();

        private Connections(int port, int count, String said) throws IOException {
            for (int i = 0; i < count; i++) {
                var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                open.add(channel);
                say(channel, said);
            }
        }

        private static void say(SocketChannel channel, String text) throws IOException {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        /** Those that the service has closed say nothing more. */
        private void say(String text) {
            for (var channel : open) {
                try {
                    say(channel, text);
                } catch (IOException e) {
                    // It is closed on the other side.
                }
            }
        }

        @Override
        public void close() throws IOException {
            for (var channel : open) {
                channel.close();
            }
        }
    }

    private static int post(PlainClient client, String name) throws IOException, InterruptedException {
        return client.send("POST", "/machines", MACHINE.formatted(name), "Content-Type", "application/json")
                .status();
    }

    /** Reads go well at once, whatever else is going on; a client of its own gives up long before a minute. */
    private static void answers(int port) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            socket.getOutputStream()
                    .write("GET /api/v1/machines HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void tenThousandIdleConnectionsAreNoBurden() throws Exception {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        assumeTrue(system.getMaxFileDescriptorCount() > IDLE + 1000, "this machine allows too few open files");
        try (var database = Store.H2_FILE.open(directory);
                var service = new ServiceProcess(database.settings(), directory)) {
            service.start();
            try (var silent = new Connections(service.port(), IDLE / 2, "");
                    var halfway = new Connections(service.port(), IDLE / 2, "GET /api/v1/mach")) {
                answers(service.port());
                assertThat(post(service.client(), "among-idle-ones")).isEqualTo(201);
                assertThat(silent.open).hasSameSizeAs(halfway.open);
            }
            answers(service.port());
            assertThat(service.isAlive()).isTrue();
        }
    }

    @Test
    void slowBodiesDoNotTakeAllThreads() throws Exception {
        var begun = "POST /api/v1/machines HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 10000\r\n\r\n";
        var settings = new ArrayList<String>();
        try (var database = Store.H2_FILE.open(directory)) {
            settings.addAll(database.settings());
            settings.add("--crashplug.limits.body-time=5s");
            try (var service = new ServiceProcess(settings, directory)) {
                service.start();
                assertThat(post(service.client(), "before")).isEqualTo(201);
                try (var slow = new Connections(service.port(), SLOW, begun)) {
                    for (int second = 0; second < 8; second++) {
                        slow.say(" ");
                        answers(service.port());
                        Thread.sleep(1000);
                    }
                    // Those that came first were given up, and the others refused.
                    assertThat(post(service.client(), "during")).isEqualTo(201);
                }
                assertThat(post(service.client(), "after")).isEqualTo(201);
            }
        }
    }
}
