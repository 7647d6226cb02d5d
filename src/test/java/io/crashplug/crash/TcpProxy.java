package io.crashplug.crash;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Stands between the service and PostgreSQL, and cuts connections: all of them, or one after its COMMIT has reached the
 * server and before the answer has reached the service.
 */
final class TcpProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final BooleanSupplier dropsAnswer;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger droppedAnswers = new AtomicInteger();

    private volatile boolean dropping;
    private volatile boolean silent;

    /**
     * Begins to listen.
     *
     * @param target the port to connect to
     * @param dropsAnswer asked at each COMMIT: whether its answer gets lost
     */
    TcpProxy(int target, BooleanSupplier dropsAnswer) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.dropsAnswer = dropsAnswer;
        inThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Whether answers to a COMMIT get lost from now on; at first none does. */
    void dropAnswers(boolean drop) {
        dropping = drop;
    }

    /** Whether from now on nothing comes through, as from a host that vanished without a word. */
    void silence(boolean silence) {
        silent = silence;
    }

    /** How many answers to a COMMIT got lost. */
    int droppedAnswers() {
        return droppedAnswers.get();
    }

    /** Cuts all connections; new ones are taken. */
    void cutAll() {
        open.forEach(TcpProxy::cut);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var service = listening.accept();
                open.add(service);
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(server);
                var connection = new Connection(service, server);
                inThread(connection::requests);
                inThread(connection::answers);
            } catch (IOException e) {
                // The server is away, or the proxy has ended; whoever connected learns of it.
            }
        }
    }

    private static void inThread(Runnable work) {
        var thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void cut(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("a socket could not be closed", e);
        }
    }

    @Override
    public void close() {
        cut(listening);
        cutAll();
    }

    private final class Connection {

        private final Socket service;
        private final Socket server;
        private volatile boolean dropsNext;

        private Connection(Socket service, Socket server) {
            this.service = service;
            this.server = server;
        }

        private void requests() {
            pump(service, server);
        }

        private void answers() {
            pump(server, service);
        }

        private void pump(Socket from, Socket to) {
            var buffer = new byte[BUFFER_BYTES];
            try {
                for (int length; (length = from.getInputStream().read(buffer)) >= 0; ) {
                    var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                    if (from == service && dropping && text.contains("COMMIT") && dropsAnswer.getAsBoolean()) {
                        dropsNext = true;
                    } else if (from == server && dropsNext) {
                        droppedAnswers.incrementAndGet();
                        return;
                    }
                    if (!silent) {
                        to.getOutputStream().write(buffer, 0, length);
                    }
                }
            } catch (IOException e) {
                // Either side has ended, or the connection was cut: the other side learns of it below.
            } finally {
                cut(from);
                cut(to);
                open.remove(from);
                open.remove(to);
            }
        }
    }
}
