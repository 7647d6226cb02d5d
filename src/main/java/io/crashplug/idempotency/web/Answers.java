package io.crashplug.idempotency.web;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.idempotency.Answer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Takes answers from responses and puts them there again. */
final class Answers {

    /** What belongs to the answer; the request's id does not, since each try has its own. */
    private static final List<String> HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER);

    private Answers() {}

    static Answer read(ContentCachingResponseWrapper response, boolean changedSomething) {
        var headers = new ArrayList<String>();
        for (var name : HEADERS) {
            var value = name.equals(HttpHeaders.CONTENT_TYPE) ? response.getContentType() : response.getHeader(name);
            if (value != null) {
                headers.add(name + ": " + value);
            }
        }
        return new Answer(
                response.getStatus(),
                headers,
                HeaderBytes.of(response.getContentAsByteArray()),
                changedSomething,
                false);
    }

    /** Takes back what an answer said that turned out not to be true. */
    static void forget(HttpServletResponse response) {
        response.resetBuffer();
        HEADERS.forEach(name -> response.setHeader(name, null));
    }

    static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        for (var line : answer.headers()) {
            int colon = line.indexOf(": ");
            response.setHeader(line.substring(0, colon), line.substring(colon + 2));
        }
        response.getOutputStream().write(answer.body().toByteArray());
    }
}
