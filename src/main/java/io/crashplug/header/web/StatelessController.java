package io.crashplug.header.web;

import static io.crashplug.problem.ProblemType.INVALID_REQUEST;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import io.crashplug.header.DecodeHeader;
import io.crashplug.header.Elfcorehdr;
import io.crashplug.header.ReadelfText;
import io.crashplug.machine.LargestMachine;
import io.crashplug.problem.Problem;
import io.crashplug.web.DownloadRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "elfcorehdr-tools", description = "Headers without machines: built, or decoded, and nothing stored")
class StatelessController {

    private static final String PREVIEWS = "/elfcorehdr-previews";
    private static final String DECODINGS = "/elfcorehdr-decodings";
    static final String FORM = "As fields, as readelf's text, or as bytes, as Accept says. Nothing is stored.";
    private static final String DECODE = "Decode a header: its fields, readelf's text, or its own bytes";

    private final LargestMachine largest;

    StatelessController(LargestMachine largest) {
        this.largest = largest;
    }

    @Previews
    @PostMapping(
            path = PREVIEWS,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ElfcorehdrJson previewJson(@RequestBody PreviewRequest request) {
        return ElfcorehdrJson.of(request.preview(largest));
    }

    @Previews
    @PostMapping(path = PREVIEWS, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.TEXT_PLAIN_VALUE)
    String previewText(@RequestBody PreviewRequest request) {
        return ReadelfText.of(request.preview(largest).requireDecoded());
    }

    @Previews
    @PostMapping(
            path = PREVIEWS,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Resource> previewBytes(@RequestBody PreviewRequest request) {
        return Extent.HEADER.answer(request.preview(largest), DownloadRequest.OF_ALL);
    }

    @PostMapping(
            path = DECODINGS,
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "decodeElfcorehdr", summary = DECODE, description = FORM)
    ElfcorehdrJson decodeJson(@RequestBody byte[] bytes) {
        return ElfcorehdrJson.of(decoded(bytes));
    }

    @PostMapping(
            path = DECODINGS,
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "decodeElfcorehdr", summary = DECODE, description = FORM)
    String decodeText(@RequestBody byte[] bytes) {
        return ReadelfText.of(decoded(bytes).requireDecoded());
    }

    @PostMapping(
            path = DECODINGS,
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "decodeElfcorehdr", summary = DECODE, description = FORM)
    ResponseEntity<Resource> decodeBytes(@RequestBody byte[] bytes) {
        return Extent.HEADER.answer(decoded(bytes), DownloadRequest.OF_ALL);
    }

    private static Elfcorehdr decoded(byte[] bytes) {
        try {
            return DecodeHeader.of(HeaderBytes.of(bytes));
        } catch (NotAnElfCoreHeader e) {
            throw Problem.of(INVALID_REQUEST, e.detail()).toException();
        }
    }
}
