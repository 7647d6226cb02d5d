package io.crashplug.web;

import io.crashplug.problem.Problem;
import java.net.URI;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** A problem as RFC 9457 writes it. */
final class ProblemDocument {

    /** The member that names the request, as its answer's header, the log and the history do. */
    static final String REQUEST_ID = "requestId";

    private ProblemDocument() {}

    static ProblemDetail of(Problem problem) {
        var document = ProblemDetail.forStatusAndDetail(
                HttpStatusCode.valueOf(problem.type().status()), problem.detail());
        document.setType(URI.create(problem.type().path()));
        document.setTitle(problem.type().title());
        var requestId = RequestId.current();
        if (requestId != null) {
            document.setProperty(REQUEST_ID, requestId);
        }
        problem.members().forEach(document::setProperty);
        if (!problem.errors().isEmpty()) {
            document.setProperty("errors", problem.errors());
        }
        return document;
    }
}
