package io.crashplug.header.web;

import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.Elfcorehdr;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.DownloadRequest;
import io.crashplug.web.SegmentDownload;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;

/** How much of the header's segment is answered. */
enum Extent {
    /** The header's elfsz bytes. */
    HEADER(".bin") {
        @Override
        SegmentContent of(Elfcorehdr header) {
            return header.bytes();
        }
    },
    /** The segment's memsz bytes, with what an earlier, longer header left behind. */
    SEGMENT("-segment.bin") {
        @Override
        SegmentContent of(Elfcorehdr header) {
            var segment = header.segment();
            if (segment == null || !segment.isComplete()) {
                throw Problem.of(ProblemType.NOT_FOUND, "the bytes of the segment are not all known")
                        .toException();
            }
            return segment;
        }
    };

    private final String fileNameEnd;

    Extent(String fileNameEnd) {
        this.fileNameEnd = fileNameEnd;
    }

    /** The extent of that name on the wire. */
    static Extent named(String name) {
        return Arrays.stream(values())
                .filter(extent -> extent.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Problem.invalid("extent", "extent is header or segment").toException());
    }

    abstract SegmentContent of(Elfcorehdr header);

    ResponseEntity<Resource> answer(Elfcorehdr header, DownloadRequest request) {
        return SegmentDownload.answer(of(header), header.fileName() + fileNameEnd, request);
    }
}
