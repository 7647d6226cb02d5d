package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Each limit is the property's, and answered with its problem. */
@TestPropertySource(
        properties = {
            "crashplug.limits.body-size=20KB",
            "crashplug.limits.body-time=2s",
            "crashplug.limits.bodies-at-once=3",
            "crashplug.limits.request-time=1s",
            "crashplug.limits.imports-at-once=1",
            "crashplug.limits.waiting-at-once=1",
            "crashplug.limits.page-size=7",
            "crashplug.limits.ranges-per-machine=4",
            "crashplug.limits.cpus-per-machine=8",
            "spring.jackson.factory.constraints.read.max-nesting-depth=4",
            "spring.jackson.factory.constraints.read.max-string-length=5000"
        })
class LowLimitsTests extends RefusalTest {

    private static final String SLOW = "the body had not arrived after 2 s";

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private JdbcClient database;

    @Autowired
    private DataSource dataSource;

    private static String machine(String name, int ranges, String possible) {
        var ram = new ArrayList<String>();
        for (int i = 0; i < ranges; i++) {
            ram.add("{\"start\": \"0x%x\", \"sizeBytes\": 4096}".formatted(0x100000 + i * 0x2000));
        }
        return """
                {"name": "%s", "cpus": {"possible": "%s", "present": "0"}, "memory": {"systemRam": [%s]}}""".formatted(name, possible, String.join(",", ram));
    }

    @Test
    void waitingReaders() throws InterruptedException {
        Callable<Response> reader = () -> api().get("/events?from=newest&type=verification.failed&wait=3s");
        var answers = AtOnce.run(Duration.ofMinutes(1), List.of(reader, reader));
        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(200, 503);
        var refused = answers.get(answers.get(0).statusCode() == 503 ? 0 : 1);
        assertThat(body(refused, 503).get("type").stringValue()).isEqualTo("/problems/too-many-at-once");
        assertThat(body(refused, 503).get("detail").stringValue()).isEqualTo("as many readers wait for events as may");
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(api().get("/events?from=newest&type=verification.failed&wait=1ms")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void bodies() {
        var most = 20 << 10;
        var problem = refused(
                () -> post("/machines", " ".repeat(most + 1)),
                413,
                "body-too-large",
                "the body has more than 20480 bytes");
        assertThat(problem.get("maxBytes").intValue()).isEqualTo(most);
        invalid(() -> post("/machines", " ".repeat(most - 2) + "[]"), "", "the value is not an object");
    }

    @Test
    void depthAndLengthOfJson() {
        var deep = machine(newName("deep"), 1, "0").replace("4096}", "4096, \"device\": {\"type\": \"DIMM\"}}");
        var problem = body(post("/machines", deep), 400);
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("the value is longer, or nested deeper, than the service reads");
        assertThat(problem.get("errors").get(0).get("pointer").stringValue()).isEqualTo("/memory/systemRam/0");
        assertThat(body(post("/machines", "{\"description\": \"%s\"}".formatted("a".repeat(5001))), 400)
                        .get("detail")
                        .stringValue())
                .isEqualTo("the value is longer, or nested deeper, than the service reads");
    }

    @Test
    void machinesOfAPage() {
        invalid(
                () -> api().queryParam("pageSize", 8).get("/machines"),
                "pageSize",
                "pageSize is 8, not between 1 and 7");
        for (int i = 0; i < 8; i++) {
            create(machine(newName("page"), 1, "0"));
        }
        assertThat(body(api().get("/machines"), 200).get("items")).hasSize(7);
    }

    @Test
    void rangesOfAMachine() {
        var name = newName("ranges");
        refused(
                () -> post("/machines", machine(name, 5, "0")),
                422,
                "machine-too-large",
                "5 ranges of System RAM are more than 4");
        refused(
                () -> post("/elfcorehdr-previews", machine(name, 5, "0").replaceFirst("\"name\": [^,]*,", "")),
                422,
                "machine-too-large",
                "5 ranges of System RAM are more than 4");
        create(machine(name, 3, "0"));
        var add = """
                {"changes": [{"action": "ADD_MEMORY", "range": {"start": "%s", "sizeBytes": 4096}}]}""";
        hotplug(name, add.formatted("0x40000000"));
        var problem = refusedAndKept(
                () -> post("/machines/" + name + "/hotplug-events", add.formatted("0x50000000")),
                422,
                "machine-too-large",
                "5 ranges of System RAM are more than 4");
        assertThat(problem.get("most").intValue()).isEqualTo(4);
    }

    @Test
    void cpusOfAMachine() {
        refused(
                () -> post("/machines", machine(newName("cpus"), 1, "0-8")),
                422,
                "machine-too-large",
                "9 possible CPUs are more than 8");
        var bundle = """
                {"name": "%s", "iomem": "00001000-0009fbff : System RAM\\n", "cpus": {"possible": "0-8", "present": "0"}}""";
        refused(
                () -> post("/machine-imports", bundle.formatted(newName("cpus"))),
                422,
                "machine-too-large",
                "9 possible CPUs are more than 8");
        create(machine(newName("cpus"), 1, "0-7"));
    }

    /** The deadline passes while another connection holds the machine's row. */
    @Test
    void theTimeOfARequest() throws InterruptedException {
        var name = newName("slow");
        create(machine(name, 1, "0-1"));
        var answers = new ArrayList<io.restassured.response.Response>();
        var client = new Thread(() -> answers.add(post(
                "/machines/" + name + "/hotplug-events", "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 1}]}")));
        OtherTransaction.on(dataSource).executeWithoutResult(held -> {
            database.sql("select id from machine where live_name = ? for update")
                    .param(name)
                    .query()
                    .singleRow();
            client.start();
            pause(Duration.ofMillis(2500));
        });
        client.join();
        var problem = body(answers.get(0), 503);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/took-too-long");
        assertThat(answers.get(0).header("Retry-After")).isEqualTo("1");
        assertThat(body(api().get("/machines/" + name + "/hotplug-events"), 200).get("items"))
                .isEmpty();
        assertThat(machine(name).get("cpus").get("present").stringValue()).isEqualTo("0");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] begun(String path, String headers) {
        return ("POST /api/v1/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s\r\n")
                .formatted(path, headers)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What is answered until the connection is closed, to a body that comes byte by byte. */
    private String dripped(String headers, String next) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(200);
            socket.getOutputStream().write(begun("machines", headers));
            var answer = new StringBuilder();
            var giveUp = Instant.now().plusSeconds(20);
            while (Instant.now().isBefore(giveUp)) {
                drip(socket.getOutputStream(), next);
                if (!read(socket.getInputStream(), answer)) {
                    return answer.toString();
                }
            }
            return "the connection stayed open: " + answer;
        }
    }

    private static void drip(OutputStream out, String next) {
        try {
            out.write(next.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Closed on the other side; what was answered is read.
        }
    }

    /** Whether there may be more. */
    private static boolean read(InputStream in, StringBuilder answer) {
        try {
            int next = in.read();
            if (next >= 0) {
                answer.append((char) next);
                answer.append(new String(in.readNBytes(in.available()), StandardCharsets.UTF_8));
            }
            return next >= 0;
        } catch (java.net.SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theTimeOfABody() throws IOException {
        for (var length : List.of("Content-Length: 10000\r\n", "Transfer-Encoding: chunked\r\n")) {
            var next = length.startsWith("T") ? "1\r\n \r\n" : " ";
            assertThat(dripped(length, next))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("application/problem+json", "/problems/request-timeout", SLOW);
        }
    }

    @Test
    void slowBodiesOfOneAddress() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            var giveUp = Instant.now().plusSeconds(15);
            io.restassured.response.Response answer;
            do {
                // Bodies of the test before may still count, and have one of these refused.
                var socket = new Socket("127.0.0.1", port);
                slow.add(socket);
                socket.getOutputStream().write(begun("machines", "Content-Length: 10000\r\n"));
                answer = post("/machines", "{}");
            } while (answer.statusCode() != 503 && Instant.now().isBefore(giveUp));
            assertThat(body(answer, 503).get("type").stringValue()).isEqualTo("/problems/too-many-at-once");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(api().get("/machines").statusCode()).isEqualTo(200);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        var giveUp = Instant.now().plusSeconds(20);
        while (post("/machines", "{}").statusCode() != 400) {
            assertThat(Instant.now()).isBefore(giveUp);
        }
    }

    @Test
    void aRefusedBodyIsNotWaitedForLongerThanAnyOther() throws IOException {
        assertThat(dripped("Content-Length: 30000\r\n", " ")).startsWith("HTTP/1.1 413 ");
        assertThat(api().contentType(ContentType.TEXT)
                        .body("a")
                        .post("/machines")
                        .statusCode())
                .isEqualTo(415);
    }
}
