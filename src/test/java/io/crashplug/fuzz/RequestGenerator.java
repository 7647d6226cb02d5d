package io.crashplug.fuzz;

import io.crashplug.fuzz.WireRequest.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Requests for the operations of an OpenAPI document: valid ones, and such as differ from a valid one in a thing or two. */
public final class RequestGenerator {

    private static final byte[] NO_BODY = {};

    private final Dice dice;
    private final SchemaValues values;
    private final JsonMutations mutations;
    private final BodyMutations bodies;
    private final Map<String, List<String>> known;

    /** @param known values of path variables and parameters that exist, by name */
    public RequestGenerator(JsonNode document, Dice dice, Map<String, List<String>> known) {
        this.dice = dice;
        this.known = known;
        values = new SchemaValues(document, dice);
        mutations = new JsonMutations(dice);
        bodies = new BodyMutations(dice);
    }

    /** What is to be wrong with a request; most have one thing, some have several, and some have none. */
    private record Faults(boolean path, boolean parameters, boolean body, boolean text, boolean headers, boolean wire) {

        static Faults of(Dice dice) {
            return new Faults(
                    dice.chance(12),
                    dice.chance(25),
                    dice.chance(40),
                    dice.chance(12),
                    dice.chance(12),
                    dice.chance(6));
        }
    }

    public WireRequest next(Operation operation) {
        var faults = dice.chance(20) ? new Faults(false, false, false, false, false, false) : Faults.of(dice);
        var target = new StringBuilder(path(operation, faults.path()));
        var query = query(operation, faults.parameters());
        if (!query.isEmpty()) {
            target.append('?').append(query);
        }
        var headers = new ArrayList<>(List.of("Host: localhost"));
        headers(operation, headers, faults.parameters());
        var content = operation.document().path("requestBody").path("content");
        var body = NO_BODY;
        var framing = Framing.NONE;
        if (!content.isEmpty() && !(faults.body() && dice.chance(3))) {
            var type = dice.pick(new ArrayList<>(content.propertyNames()));
            headers.add("Content-Type: " + type);
            body = body(content.get(type), type, faults);
            framing = dice.chance(70) ? Framing.LENGTH : Framing.CHUNKED;
        } else if (faults.body() && dice.chance(20)) {
            headers.add("Content-Type: application/json");
            body = "{\"a\": 1}".getBytes(StandardCharsets.US_ASCII);
            framing = Framing.LENGTH;
        }
        if (faults.headers()) {
            oddHeader(headers);
        }
        if (faults.wire() && framing != Framing.NONE && body.length > 3) {
            framing = dice.pick(Framing.values());
        }
        var method = faults.wire() && dice.chance(30)
                ? dice.pick(
                        "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get", "G\u0001T")
                : operation.method();
        return new WireRequest(method, target.toString(), headers, body, framing);
    }

    private String path(Operation operation, boolean faulty) {
        var path = new StringBuilder();
        for (var part : operation.path().substring(1).split("/")) {
            path.append('/').append(part.startsWith("{") ? variable(operation, part, faulty) : part);
        }
        if (faulty && dice.chance(25)) {
            int at = dice.below(path.length());
            path.insert(
                    at,
                    dice.pick(
                            "/", "//", "/../", "/./", ";a=b", "%2f", "%2e%2e/", "%00", "%", "\\", "%c0%af", " ",
                            "\u00e9", "|"));
        }
        return path.toString();
    }

    private String variable(Operation operation, String part, boolean faulty) {
        var name = part.substring(1, part.length() - 1);
        if (faulty) {
            return dice.chance(20) ? OddTexts.any(dice).replaceAll("[\r\n]", "") : encoded(OddTexts.any(dice));
        }
        var schema = operation
                .parameters("path")
                .filter(parameter -> parameter.get("name").stringValue().equals(name))
                .findFirst()
                .orElseThrow()
                .get("schema");
        return dice.chance(95) && known.containsKey(name)
                ? dice.pick(known.get(name))
                : encoded(plain(values.of(schema)));
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private String query(Operation operation, boolean faulty) {
        var pairs = new ArrayList<String>();
        operation.parameters("query").forEach(parameter -> {
            if (parameter.path("required").asBoolean(false) || dice.chance(30)) {
                var name = parameter.get("name").stringValue();
                pairs.add(name + "=" + encoded(value(name, parameter, faulty)));
            }
        });
        if (faulty && dice.chance(20)) {
            pairs.add(dice.pick("extra=1", "=", "&&", "a", "%", "%zz=1", "a=%", "a=%ff", "a=%00", "a[]=1", "\u00e9=1"));
        }
        if (faulty && !pairs.isEmpty() && dice.chance(20)) {
            pairs.add(dice.pick(pairs));
        }
        return String.join("&", pairs);
    }

    private String value(String name, JsonNode parameter, boolean faulty) {
        if (faulty && dice.chance(60)) {
            return OddTexts.any(dice);
        }
        return known.containsKey(name) && dice.chance(80)
                ? dice.pick(known.get(name))
                : plain(values.of(parameter.get("schema")));
    }

    private void headers(Operation operation, List<String> headers, boolean faulty) {
        operation.parameters("header").forEach(parameter -> {
            if (dice.chance(25)) {
                var name = parameter.get("name").stringValue();
                headers.add(name + ": " + value(name, parameter, faulty).replaceAll("[\r\n]", " "));
            }
        });
    }

    private byte[] body(JsonNode content, String type, Faults faults) {
        if (!type.endsWith("json")) {
            var bytes = known.containsKey("body") && dice.chance(70)
                    ? java.util.Base64.getDecoder().decode(dice.pick(known.get("body")))
                    : dice.bytes(dice.pick(0, 1, 63, 64, 120, 4096, 10_000));
            return faults.body() || faults.text() ? bodies.of(bytes) : bytes;
        }
        var example = content.get("example");
        var value = example != null && dice.chance(50) ? example : values.of(content.get("schema"));
        if (faults.body()) {
            for (int i = dice.pick(1, 1, 1, 2, 4); i > 0 && !value.isMissingNode(); i--) {
                value = mutations.of(value);
            }
        }
        var bytes = (value.isMissingNode() ? "" : value.toString()).getBytes(StandardCharsets.UTF_8);
        return faults.text() ? bodies.of(bytes) : bytes;
    }

    /** Changes, repeats or adds a header. */
    private void oddHeader(List<String> headers) {
        var name = dice.pick(
                "Accept",
                "Content-Type",
                "Content-Encoding",
                "Expect",
                "Range",
                "If-Match",
                "If-None-Match",
                "If-Range",
                "Idempotency-Key",
                "X-Request-Id",
                "Authorization",
                "Origin",
                "Sec-Fetch-Site",
                "X-HTTP-Method-Override",
                "X-Forwarded-For",
                "X-Forwarded-Prefix",
                "Forwarded",
                "Accept-Language",
                "Accept-Charset",
                "Cookie",
                "Host",
                "Upgrade",
                "TE",
                "Digest");
        var value = dice.chance(50)
                ? dice.pick(
                        "application/json",
                        "application/xml",
                        "text/plain",
                        "text/html",
                        "*/*",
                        "application/octet-stream",
                        "application/problem+json",
                        "application/json;charset=utf-16",
                        "application/json;charset=none",
                        "a",
                        "a/b/c",
                        "multipart/form-data; boundary=a",
                        "application/x-www-form-urlencoded",
                        "application/*;q=2",
                        "gzip",
                        "identity",
                        "100-continue",
                        "bytes=0-0",
                        "bytes=-1",
                        "bytes=5-2",
                        "bytes=0-1,3-4",
                        "bytes=99999999999999999999-",
                        "\"1\"",
                        "W/\"1\"",
                        "*",
                        "\"",
                        "Bearer a",
                        "Basic YTpi",
                        "null",
                        "http://evil.example",
                        "cross-site",
                        "xx-\u00e9",
                        "websocket")
                : OddTexts.any(dice).replaceAll("[\r\n]", " ");
        if (dice.chance(60)) {
            headers.removeIf(header -> header.startsWith(name + ":"));
        }
        headers.add(name + ": " + value);
    }

    /** Percent-encoded where URLs need it. */
    private static String encoded(String text) {
        var encoded = new ByteArrayOutputStream();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 127 && "\"#%&+/;<>?[\\]^`{|}".indexOf(b) < 0) {
                encoded.write(b);
            } else {
                encoded.writeBytes("%%%02x".formatted(b).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return encoded.toString(StandardCharsets.US_ASCII);
    }
}
