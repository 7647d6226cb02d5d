package io.crashplug.web;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Explains the problem types, at the very paths that are their {@code type}. */
@RestController
@RequestMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "problems", description = "What each problem type means")
class ProblemController {

    record Explanation(String type, int status, String title, String explanation) {

        static Explanation of(ProblemType type) {
            return new Explanation(type.path(), type.status(), type.title(), type.explanation());
        }
    }

    @GetMapping
    @Operation(
            operationId = "listProblemTypes",
            summary = "All problem types",
            description = "What the type of a problem means, and with which status it is answered.")
    List<Explanation> all() {
        return Arrays.stream(ProblemType.values()).map(Explanation::of).toList();
    }

    @GetMapping("/{name}")
    @Fails(with = ProblemType.NOT_FOUND)
    @Operation(
            operationId = "explainProblemType",
            summary = "One problem type",
            description = "Where the type of each problem leads to.")
    Explanation one(@PathVariable String name) {
        return ProblemType.named(name)
                .map(Explanation::of)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "there is no problem type \"%s\"".formatted(name))
                        .toException());
    }
}
