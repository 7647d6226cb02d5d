package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Requests are traced where it is said where to send traces, and only there. */
class TracingTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private static void request(ConfigurableApplicationContext service) throws IOException, InterruptedException {
        var answer =
                Store.client(service).send("GET", "/machines", "", "traceparent", "00-%s-%s-01".formatted(TRACE, SPAN));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aClientsTraceIsContinued() throws IOException, SQLException, InterruptedException {
        var sent = new LinkedBlockingQueue<byte[]>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            sent.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        var endpoint =
                "http://127.0.0.1:%d/v1/traces".formatted(collector.getAddress().getPort());
        try (var service = Store.of(Database.H2)
                .start(
                        "--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint,
                        "--management.opentelemetry.tracing.export.schedule-delay=50ms")) {
            request(service);
            var spans = sent.poll(30, TimeUnit.SECONDS);
            // Protocol Buffers hold the ids as they are.
            assertThat(spans).isNotNull();
            assertThat(HexFormat.of().formatHex(spans)).contains(TRACE, SPAN);
            assertThat(new String(spans, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("/api/v1/machines", "crashplug");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void byDefaultNothingIsTraced() throws IOException, SQLException, InterruptedException {
        try (var service = Store.of(Database.H2).start()) {
            request(service);
            assertThat(service.getBeanProvider(Tracer.class).getIfAvailable()).isNull();
        }
    }
}
