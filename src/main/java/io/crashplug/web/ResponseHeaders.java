package io.crashplug.web;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;

/** Describes the headers that answers carry by their status and form; for the document. */
final class ResponseHeaders {

    private static final String REFERENCE = "#/components/headers/";

    /** Headers that any answer may have (draft-ietf-httpapi-ratelimit-headers-10). */
    static final Map<String, Header> SHARED = new TreeMap<>(Map.of(
            "RateLimit", header("Of a principal: the requests that are left (r), and the seconds until all are (t)"),
            "RateLimit-Policy", header("Of a principal: its requests (q) in so many seconds (w)")));

    private ResponseHeaders() {}

    private static Header header(String description) {
        var text = new JsonSchema();
        text.addType("string");
        return new Header().description(description).schema(text);
    }

    static ApiResponse describe(String status, ApiResponse response) {
        switch (status) {
            case "206", "416" -> add(response, HttpHeaders.CONTENT_RANGE, "Which bytes of how many");
            case "304" -> add(response, HttpHeaders.ETAG, "Of the representation");
            case "401" -> add(response, HttpHeaders.WWW_AUTHENTICATE, "Bearer (RFC 6750)");
            case "429", "503" -> add(response, HttpHeaders.RETRY_AFTER, "Seconds after which to try again");
            default -> {
                // No header goes with the status alone.
            }
        }
        SHARED.keySet().forEach(name -> response.addHeaderObject(name, new Header().$ref(REFERENCE + name)));
        if (response.getContent() != null && response.getContent().containsKey("application/octet-stream")) {
            add(response, HttpHeaders.ETAG, "Of the representation");
            add(response, SegmentDownload.REPR_DIGEST, "SHA-256 of all bytes (RFC 9530); with octet-stream");
            add(response, HttpHeaders.ACCEPT_RANGES, "bytes; with octet-stream");
            add(response, HttpHeaders.CONTENT_DISPOSITION, "A file name; with octet-stream");
        }
        return response;
    }

    private static void add(ApiResponse response, String name, String description) {
        if (response.getHeaders() == null || !response.getHeaders().containsKey(name)) {
            response.addHeaderObject(name, header(description));
        }
    }
}
