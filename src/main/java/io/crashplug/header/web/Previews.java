package io.crashplug.header.web;

import static io.crashplug.problem.ProblemType.CPU_NOT_POSSIBLE;
import static io.crashplug.problem.ProblemType.CPU_NOT_PRESENT;
import static io.crashplug.problem.ProblemType.ELFCOREHDR_NOT_BUILDABLE;
import static io.crashplug.problem.ProblemType.ELFCOREHDR_TOO_LARGE;
import static io.crashplug.problem.ProblemType.MACHINE_TOO_LARGE;
import static io.crashplug.problem.ProblemType.RANGE_OVERLAP;

import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.swagger.v3.oas.annotations.Operation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the document says of a preview, in whatever form. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Example("preview.json")
@Fails(
        with = {
            ELFCOREHDR_TOO_LARGE,
            ELFCOREHDR_NOT_BUILDABLE,
            CPU_NOT_POSSIBLE,
            CPU_NOT_PRESENT,
            RANGE_OVERLAP,
            MACHINE_TOO_LARGE
        })
@Operation(
        operationId = "previewElfcorehdr",
        summary = "Build the header of a guest: its fields, readelf's text, or its bytes",
        description = StatelessController.FORM)
@interface Previews {}
