package io.crashplug.intake.web;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.DomainReader;
import io.crashplug.intake.GuestImport;
import io.crashplug.intake.HypervisorImport;
import io.crashplug.intake.NoReservation;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.problem.Problem;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Machines from /proc/iomem alone, or a libvirt domain; what else is known of the guest stands in the query. */
@RestController
@RequestMapping(path = "/api/v1/machine-imports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "machine-imports")
class TextImportController {

    private static final String OF_ALL = "With anything but JSON: ";
    private static final String OF_TEXT = "With text/plain or application/octet-stream: ";
    private static final String OF_XML = "With XML: ";

    private final Imports imports;

    TextImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping(consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    @ImportsMachine
    ResponseEntity<Imported> create(
            @Parameter(description = OF_ALL + "the machine's name; with XML the domain's where left out")
                    @RequestParam(required = false)
                    @Nullable
                    String name,
            @Parameter(description = OF_ALL + "the kernel profile; from kernelRelease where left out")
                    @RequestParam(required = false)
                    @Nullable
                    KernelProfile profile,
            @Parameter(description = OF_ALL + "uname -r of the guest") @RequestParam(required = false) @Nullable
                    String kernelRelease,
            @Parameter(description = OF_TEXT + "the possible CPUs, as 0-7; the present ones where left out")
                    @RequestParam(required = false)
                    @Nullable
                    String possible,
            @Parameter(description = OF_TEXT + "the present CPUs; the possible ones where left out")
                    @RequestParam(required = false)
                    @Nullable
                    String present,
            @Parameter(description = OF_XML + "what the guest reserves for a crash kernel below 4 GiB")
                    @RequestParam(required = false)
                    @Nullable
                    Long crashKernelBytes,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable String crashKernel,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody String text) {
        try {
            leftOut(crashKernel, "crashKernel", type.getSubtype().equals("xml") ? "XML" : "text/plain");
            if (type.getSubtype().equals("xml")) {
                leftOut(possible, "possible", "XML");
                leftOut(present, "present", "XML");
                var beside = new HypervisorImport.Beside(
                        name,
                        Map.of(),
                        profile,
                        kernelRelease == null ? "" : kernelRelease,
                        crashKernelBytes == null ? 0 : crashKernelBytes);
                return imports.of(() -> domain(text, beside));
            }
            leftOut(crashKernelBytes, "crashKernelBytes", "text/plain");
            return imports.of(GuestBundle.ofListing(name, profile, kernelRelease, possible, present, text)::machine);
        } catch (InvalidField e) {
            throw Problem.invalid(parameter(e.field()), e.detail()).toException();
        } catch (NoReservation e) {
            throw Problem.invalid("crashKernelBytes", String.valueOf(e.getMessage()))
                    .toException();
        }
    }

    /** What would be without effect is refused. */
    static void leftOut(@Nullable Object value, String parameter, String type) {
        if (value != null) {
            throw new InvalidField(parameter, "%s has no meaning with %s".formatted(parameter, type));
        }
    }

    private static GuestImport.Result domain(String xml, HypervisorImport.Beside beside) {
        ImportFields.kernelRelease(beside.kernelRelease());
        var result = InvalidField.reading("", () -> HypervisorImport.of(DomainReader.read(xml), beside));
        Descriptions.name(result.machine().name());
        Descriptions.description(result.machine().description());
        return result;
    }

    /** The parameter that stands for a field of the bundle; the body for the listing. */
    private static String parameter(String field) {
        return field.equals("iomem") ? "" : field.substring(field.indexOf('/') + 1);
    }
}
