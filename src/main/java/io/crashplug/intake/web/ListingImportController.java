package io.crashplug.intake.web;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Machines from /proc/iomem alone; what else is known of the guest stands in the query. */
@RestController
@RequestMapping(path = "/api/v1/machine-imports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "machine-imports")
class ListingImportController {

    private static final String OF_TEXT = "With text/plain: ";

    private final Imports imports;

    ListingImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping(consumes = MediaType.TEXT_PLAIN_VALUE)
    @ImportsMachine
    ResponseEntity<Imported> create(
            @Parameter(description = OF_TEXT + "the machine's name") @RequestParam(required = false) @Nullable
                    String name,
            @Parameter(description = OF_TEXT + "the kernel profile; from kernelRelease where left out")
                    @RequestParam(required = false)
                    @Nullable
                    KernelProfile profile,
            @Parameter(description = OF_TEXT + "uname -r of the guest") @RequestParam(required = false) @Nullable
                    String kernelRelease,
            @Parameter(description = OF_TEXT + "the possible CPUs, as 0-7; the present ones where left out")
                    @RequestParam(required = false)
                    @Nullable
                    String possible,
            @Parameter(description = OF_TEXT + "the present CPUs; the possible ones where left out")
                    @RequestParam(required = false)
                    @Nullable
                    String present,
            @RequestBody String iomem) {
        try {
            return imports.of(GuestBundle.ofListing(name, profile, kernelRelease, possible, present, iomem));
        } catch (InvalidField e) {
            throw Problem.invalid(parameter(e.field()), e.detail()).toException();
        }
    }

    /** The parameter that stands for a field of the bundle; the body for the listing. */
    private static String parameter(String field) {
        return field.equals("iomem") ? "" : field.substring(field.indexOf('/') + 1);
    }
}
