package io.crashplug.web;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springframework.http.HttpHeaders;

/** Describes the headers that answers carry by their status and form; for the document. */
final class ResponseHeaders {

    private ResponseHeaders() {}

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
            var text = new JsonSchema();
            text.addType("string");
            response.addHeaderObject(name, new Header().description(description).schema(text));
        }
    }
}
