package io.crashplug.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request byte by byte.
 *
 * @param target what stands between method and version
 * @param headers whole lines
 * @param body null for none, which is not the same as an empty one
 */
public record WireRequest(String method, String target, List<String> headers, byte[] body, Framing framing) {

    /** Methods that change nothing, whatever is sent. */
    public static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** How it is told where the body ends. */
    public enum Framing {
        /** There is no body. */
        NONE,
        LENGTH,
        CHUNKED,
        /** A chunk says that it is longer than it is. */
        BROKEN_CHUNK,
        /** A chunk's length is no number. */
        NO_CHUNK,
        /** The last chunk does not come. */
        NO_LAST_CHUNK,
        /** The body is longer than it says: what follows is no request. */
        TOO_LONG,
        /** The body ends before it should. */
        TOO_SHORT,
        /** Both lengths are given. */
        BOTH;

        /** Whether the connection is good for nothing afterwards. */
        public boolean isBroken() {
            return compareTo(BROKEN_CHUNK) >= 0;
        }
    }

    /** What goes over the wire. */
    byte[] bytes() {
        var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
        headers.forEach(header -> head.append(header).append("\r\n"));
        switch (framing) {
            case NONE -> {}
            case LENGTH -> length(head, body.length);
            case TOO_LONG -> length(head, body.length / 2);
            case TOO_SHORT -> length(head, body.length + 10);
            case BOTH -> length(head, body.length).append("Transfer-Encoding: chunked\r\n");
            default -> head.append("Transfer-Encoding: chunked\r\n");
        }
        head.append("\r\n");
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        switch (framing) {
            case NONE -> {}
            case LENGTH, TOO_LONG, TOO_SHORT -> all.writeBytes(body);
            default -> chunks(all);
        }
        return all.toByteArray();
    }

    private static StringBuilder length(StringBuilder head, int length) {
        return head.append("Content-Length: ").append(length).append("\r\n");
    }

    private void chunks(ByteArrayOutputStream all) {
        int half = body.length / 2;
        chunk(all, Integer.toHexString(half + (framing == Framing.BROKEN_CHUNK ? 5 : 0)), 0, half);
        chunk(all, framing == Framing.NO_CHUNK ? "xyz" : Integer.toHexString(body.length - half), half, body.length);
        if (framing != Framing.NO_LAST_CHUNK) {
            all.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void chunk(ByteArrayOutputStream all, String length, int from, int to) {
        if (from < to) {
            all.writeBytes((length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            all.write(body, from, to - from);
            all.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The path as far as there is one. */
    public String path() {
        return target.strip().replaceFirst("[?#].*", "");
    }

    /** For people: the beginning of what goes over the wire. */
    @Override
    public String toString() {
        var text = new String(bytes(), StandardCharsets.ISO_8859_1);
        var printable = text.replaceAll("[^ -~\n]", "?");
        return printable.length() > 1500 ? printable.substring(0, 1500) + "…" : printable;
    }
}
