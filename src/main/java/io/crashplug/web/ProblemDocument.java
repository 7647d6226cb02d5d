package io.crashplug.web;

import io.crashplug.problem.Problem;
import java.net.URI;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** A problem as RFC 9457 writes it. */
final class ProblemDocument {

    private ProblemDocument() {}

    static ProblemDetail of(Problem problem) {
        var document = ProblemDetail.forStatusAndDetail(
                HttpStatusCode.valueOf(problem.type().status()), problem.detail());
        document.setType(URI.create(problem.type().path()));
        document.setTitle(problem.type().title());
        problem.members().forEach(document::setProperty);
        if (!problem.errors().isEmpty()) {
            document.setProperty("errors", problem.errors());
        }
        return document;
    }
}
