package io.crashplug.intake.web;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.GuestFacts;
import io.crashplug.intake.GuestImport;
import io.crashplug.intake.HeaderLayout;
import io.crashplug.intake.IomemListing;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Machines from the elfcorehdr that a guest has, read from its memory; what else is known of it stands in the query. */
@RestController
@RequestMapping(path = "/api/v1/machine-imports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "machine-imports")
class HeaderImportController {

    private final Imports imports;

    HeaderImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ImportsMachine
    ResponseEntity<Imported> create(
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable KernelProfile profile,
            @RequestParam(required = false) @Nullable String kernelRelease,
            @RequestParam(required = false) @Nullable String possible,
            @RequestParam(required = false) @Nullable String present,
            @Parameter(
                            description =
                                    "With application/octet-stream: the Crash kernel ranges as /proc/iomem lists them,"
                                            + " separated by commas; none is known where left out",
                            example = "6d000000-7cffffff")
                    @RequestParam(required = false)
                    @Nullable
                    String crashKernel,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable Long crashKernelBytes,
            @RequestBody byte[] header) {
        try {
            TextImportController.leftOut(crashKernelBytes, "crashKernelBytes", "application/octet-stream");
            var machineName = Descriptions.name(InvalidField.required(name, "name"));
            var release = ImportFields.kernelRelease(kernelRelease);
            var possibleCpus = cpus(possible, "possible");
            var presentCpus = cpus(present, "present");
            var reserved = crashKernel == null
                    ? null
                    : InvalidField.reading("crashKernel", () -> IomemListing.reservations(crashKernel));
            return imports.of(() -> {
                var layout = layout(header);
                var memory = InvalidField.reading("crashKernel", () -> layout.listing(reserved));
                return GuestImport.of(GuestFacts.ofListing(
                        machineName,
                        Map.of(),
                        "",
                        profile,
                        release,
                        memory,
                        possibleCpus,
                        presentCpus,
                        layout.facts()));
            });
        } catch (InvalidField e) {
            throw Problem.invalid(e.field(), e.detail()).toException();
        }
    }

    private static @Nullable CpuSet cpus(@Nullable String list, String parameter) {
        return list == null ? null : InvalidField.reading(parameter, () -> CpuSet.parse(list));
    }

    /**
     * What a header describes.
     *
     * @throws InvalidField if the bytes are none
     */
    static HeaderLayout layout(byte[] header) {
        return InvalidField.reading("", () -> HeaderLayout.of(DecodedHeader.parse(HeaderBytes.of(header))));
    }
}
