package io.crashplug.intake.web;

import io.crashplug.problem.ProblemType;
import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the document says of a layout's import, from whatever source. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Example("vm-17.qmp.json")
@Fails(
        with = {
            ProblemType.ELFCOREHDR_TOO_LARGE,
            ProblemType.PRECONDITION_FAILED,
            ProblemType.CPU_NOT_POSSIBLE,
            ProblemType.RANGE_OVERLAP,
            ProblemType.RANGE_NOT_PRESENT,
            ProblemType.ELFCOREHDR_NOT_BUILDABLE,
            ProblemType.MACHINE_TOO_LARGE,
            ProblemType.TOO_MANY_AT_ONCE,
            ProblemType.MACHINE_BUSY
        })
@Operation(
        operationId = "importLayout",
        summary = "Make a layout what the guest or its hypervisor tells",
        description =
                "The difference to what is known is carried out as one change set, as if it had been posted to hotplug-events;"
                        + " the same again changes nothing. What the source does not tell stays as it was."
                        + " Counts are refused: they make a machine, and do not tell what one has.")
@ApiResponse(
        responseCode = "201",
        description = "Changed; see the outcome",
        useReturnTypeSchema = true,
        headers =
                @Header(name = "Location", description = "The entry of the history", schema = @Schema(type = "string")))
@ApiResponse(
        responseCode = "200",
        description = "Nothing to change, or what would come of it",
        useReturnTypeSchema = true)
@interface ImportsLayout {}
