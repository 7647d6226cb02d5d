package io.crashplug.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receives what webhooks are sent, and answers as it is told to: under each path like another receiver. */
public final class Receiver implements AutoCloseable {

    /** Instead of a status: the connection is closed. */
    public static final int CLOSE = -1;

    /** Instead of a status: nothing is answered. */
    public static final int HANG = -2;

    /** 200, and a body in chunks that does not end. */
    public static final int ENDLESS = -3;

    /** 200, and the beginning of a body of many bytes. */
    public static final int LONG = -4;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What was received. */
    public record Message(String id, String timestamp, String signature, String contentType, byte[] body) {

        public JsonNode event() {
            return JSON.readTree(body);
        }
    }

    private final TlsKeys keys;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, List<Message>> received = new ConcurrentHashMap<>();
    private final Map<String, Function<Message, Integer>> answers = new ConcurrentHashMap<>();

    private Receiver(TlsKeys keys, HttpsServer server) {
        this.keys = keys;
        this.server = server;
    }

    public static Receiver start() throws IOException, GeneralSecurityException, InterruptedException {
        var keys = TlsKeys.in(Files.createTempDirectory("receiver"));
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.showing()));
        var receiver = new Receiver(keys, server);
        server.setExecutor(receiver.threads);
        server.createContext("/", receiver::handle);
        server.start();
        return receiver;
    }

    /** The certificate that it is to be trusted by. */
    public Path certificate() throws IOException, GeneralSecurityException {
        return keys.certificate();
    }

    public String url(String path) {
        return "https://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
    }

    /** From now on answers so, what is received under a path. */
    public void answer(String path, Function<Message, Integer> status) {
        answers.put(path, status);
    }

    /** What was received under a path, also what was not answered well. */
    public List<Message> received(String path) {
        return received.computeIfAbsent(path, any -> new CopyOnWriteArrayList<>());
    }

    /** The same, when it is as many messages. */
    public List<Message> await(String path, int messages) throws InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (received(path).size() < messages) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("of %d messages %d came"
                        .formatted(messages, received(path).size()));
            }
            Thread.sleep(20);
        }
        return List.copyOf(received(path));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring(1);
            var headers = exchange.getRequestHeaders();
            var message = new Message(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    headers.getFirst("Content-Type"),
                    exchange.getRequestBody().readAllBytes());
            int status = answers.getOrDefault(path, any -> 204).apply(message);
            received(path).add(message);
            if (status == HANG) {
                closed.await();
            } else if (status == ENDLESS || status == LONG) {
                exchange.sendResponseHeaders(200, status == LONG ? Long.MAX_VALUE >> 1 : 0);
                byte[] some = new byte[1000];
                while (!closed.await(1, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(some);
                    exchange.getResponseBody().flush();
                }
            } else if (status != CLOSE) {
                if (status / 100 == 3) {
                    exchange.getResponseHeaders().set("Location", url("elsewhere"));
                }
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
