package io.crashplug.speed;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that costs next to nothing, so that what is measured is the service: one connection as long as the service keeps
 * it, requests that are
 * bytes already, and of HTTP/1.1 as much as the service answers with.
 */
final class LightClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final int port;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private Socket socket;

    LightClient(int port) throws IOException {
        this.port = port;
        this.socket = connect(port);
    }

    /** Connects anew: the service closes a connection that was idle for long. */
    void reconnect() throws IOException {
        socket.close();
        socket = connect(port);
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return socket;
    }

    /** A request as the bytes that are sent. */
    static byte[] request(String method, String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head =
                "%s /api/v1%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(method, path, bytes.length);
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** An answer, as far as it is looked at. */
    record Answer(int status, String body) {

        Answer require(int expected, String text) {
            if (status != expected || !body.contains(text)) {
                throw new IllegalStateException("answered %d: %s".formatted(status, body));
            }
            return this;
        }
    }

    Answer send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = -1;
        boolean last = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= header.equalsIgnoreCase("Connection: close");
        }
        var body = new ByteArrayOutputStream();
        if (length >= 0) {
            take(length, body);
        } else if (status != 204) {
            takeChunks(body);
        }
        if (last) {
            reconnect();
        }
        return new Answer(status, body.toString(StandardCharsets.UTF_8));
    }

    private void takeChunks(ByteArrayOutputStream body) throws IOException {
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            take(size, body);
            line();
        }
        line();
    }

    private void take(int length, ByteArrayOutputStream body) throws IOException {
        for (int left = length; left > 0; ) {
            fill();
            int part = Math.min(left, to - from);
            body.write(buffer, from, part);
            from += part;
            left -= part;
        }
    }

    /** The next line, without its end. */
    private String line() throws IOException {
        var text = new StringBuilder();
        while (true) {
            fill();
            char next = (char) buffer[from++];
            if (next == '\n') {
                return text.toString();
            }
            if (next != '\r') {
                text.append(next);
            }
        }
    }

    private void fill() throws IOException {
        if (from == to) {
            from = 0;
            to = socket.getInputStream().read(buffer);
            if (to <= 0) {
                throw new EOFException("the service closed the connection");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
