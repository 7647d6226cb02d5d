package io.crashplug.archive.web;

import io.crashplug.archive.Contents;
import io.crashplug.archive.WriteArchive;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.BrokenOff;
import io.crashplug.web.Fails;
import io.crashplug.web.LongReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/export")
@Tag(name = "export", description = "All that is stored, as one file")
class ExportController {

    private static final Logger log = LoggerFactory.getLogger(ExportController.class);

    private static final String ZSTD = "application/zstd";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final WriteArchive archive;
    private final LongReads reads;
    private final SQLExceptionTranslator translator;
    private final Clock clock;

    ExportController(WriteArchive archive, LongReads reads, SQLExceptionTranslator translator, Clock clock) {
        this.archive = archive;
        this.reads = reads;
        this.translator = translator;
        this.clock = clock;
    }

    @GetMapping(produces = ZSTD)
    @Operation(
            operationId = "exportAll",
            summary = "Everything, as the file that --import reads",
            description = "All machines, images, revisions, history, verifications and keys as they are at one moment;"
                    + " the service goes on working meanwhile. JSON Lines in Zstandard, with a checksum at its end. An"
                    + " answer that fails on its way ends without that, and without its last chunk.")
    @Fails(with = ProblemType.TOO_MANY_AT_ONCE)
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = ZSTD, schema = @Schema(type = "string", format = "binary")))
    void export(HttpServletRequest request, HttpServletResponse response) {
        var name = "crashplug-%s.jsonl.zst".formatted(TIME.format(clock.instant()));
        if (request.getMethod().equals(HttpMethod.GET.name())) {
            log.info("Exported {} as {}", reads.run(() -> write(name, response)), name);
        } else {
            begin(name, response);
        }
    }

    private static void begin(String name, HttpServletResponse response) {
        response.setContentType(ZSTD);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
    }

    private Contents write(String name, HttpServletResponse response) {
        begin(name, response);
        try {
            return archive.to(response.getOutputStream());
        } catch (Exception e) {
            if (response.isCommitted()) {
                throw new BrokenOff(e);
            }
            response.resetBuffer();
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            throw failure(e);
        }
    }

    private RuntimeException failure(Exception e) {
        if (e instanceof SQLException known) {
            var translated = translator.translate("export", null, known);
            return translated == null ? new UncategorizedSQLException("export", null, known) : translated;
        }
        return e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
}
