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

/** What the document says of an import, from whatever source. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Example("vm-17.guest.json")
@Fails(
        with = {
            ProblemType.NAME_TAKEN,
            ProblemType.CPU_NOT_POSSIBLE,
            ProblemType.CPU_NOT_PRESENT,
            ProblemType.RANGE_OVERLAP,
            ProblemType.MACHINE_TOO_LARGE,
            ProblemType.TOO_MANY_AT_ONCE
        })
@Operation(
        operationId = "importMachine",
        summary = "Create a machine from what its guest or hypervisor tells",
        description =
                "JSON: what integrations/collect-guest.sh prints, QMP replies, Cloud Hypervisor's vm.info, or counts. Text:"
                        + " /proc/iomem as root reads it, with what else is known in the query. XML: a libvirt domain."
                        + " application/octet-stream: an elfcorehdr as it stands in the guest's memory. The answer tells what was"
                        + " missing, what was assumed, and where the rest comes from.")
@ApiResponse(
        responseCode = "201",
        description = "Created",
        useReturnTypeSchema = true,
        headers = {
            @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")),
            @Header(name = "ETag", description = "The version", schema = @Schema(type = "string"))
        })
@interface ImportsMachine {}
