package io.crashplug.header.web;

import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.ReadElfcorehdr.ElfcorehdrInForce;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.web.SegmentDownload;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;

/** How much of the header's segment is answered. */
enum Extent {
    /** The header's elfsz bytes. */
    HEADER {
        @Override
        SegmentContent of(ElfcorehdrInForce inForce) {
            var bytes = inForce.header().bytes(inForce.segment());
            return SegmentContent.of(bytes, bytes.length());
        }
    },
    /** The segment's memsz bytes, with what an earlier, longer header left behind. */
    SEGMENT {
        @Override
        SegmentContent of(ElfcorehdrInForce inForce) {
            if (!inForce.segment().isComplete()) {
                throw Problem.of(ProblemType.NOT_FOUND, "the bytes of the segment are not all known")
                        .toException();
            }
            return inForce.segment();
        }
    };

    /** The extent of that name on the wire. */
    static Extent named(String name) {
        return Arrays.stream(values())
                .filter(extent -> extent.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Problem.invalid("extent", "extent is header or segment").toException());
    }

    abstract SegmentContent of(ElfcorehdrInForce inForce);

    ResponseEntity<Resource> answer(ElfcorehdrInForce inForce) {
        var file = "%s-elfcorehdr-%d%s.bin"
                .formatted(inForce.machineName(), inForce.header().revision(), this == SEGMENT ? "-segment" : "");
        return SegmentDownload.answer(of(inForce), file);
    }
}
