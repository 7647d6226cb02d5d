package io.crashplug.web;

import io.crashplug.elfcore.SegmentContent;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A segment's bytes as a download: strong ETag and digest of the content, a file name, ranges. */
public final class SegmentDownload {

    static final String REPR_DIGEST = "Repr-Digest";

    private SegmentDownload() {}

    /** The segment, all of whose bytes must be known, as the body of an answer. */
    public static ResponseEntity<Resource> answer(SegmentContent content, String fileName, DownloadRequest request) {
        var sha256 = content.sha256IfKnown();
        if (sha256 == null) {
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "a segment of more than %d bytes is not answered whole"
                                    .formatted(SegmentContent.MAX_HASHED_BYTES))
                    .toException();
        }
        var etag = "\"sha256:" + sha256 + "\"";
        if (IfNoneMatch.names(request.ifNoneMatch(), etag)) {
            return IfNoneMatch.notModified(etag);
        }
        long length = content.memszBytes();
        var range = request.range(etag, length);
        var digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        var disposition = ContentDisposition.attachment().filename(fileName).build();
        var answer = ResponseEntity.status(range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT)
                .eTag(etag)
                .header(REPR_DIGEST, "sha-256=:" + digest + ":")
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM);
        return range == null
                ? answer.contentLength(length).body(resource(content, new ByteRange(0, length - 1)))
                : answer.header(HttpHeaders.CONTENT_RANGE, range.of(length))
                        .contentLength(range.length())
                        .body(resource(content, range));
    }

    /** Of just this class: Spring answers ranges of any other resource in its own way, also of what is posted. */
    private static InputStreamResource resource(SegmentContent content, ByteRange range) {
        return new InputStreamResource(() -> bytes(content, range));
    }

    /** The known bytes and then the implied zeros, which take no memory. */
    private static InputStream bytes(SegmentContent content, ByteRange range) {
        int known = (int) Math.min(content.known().length(), content.memszBytes());
        int from = (int) Math.min(range.first(), known);
        int to = (int) Math.min(range.last() + 1, known);
        return new SequenceInputStream(
                new ByteArrayInputStream(content.first(known).toByteArray(), from, to - from),
                new Zeros(range.length() - (to - from)));
    }

    private static final class Zeros extends InputStream {

        private long left;

        private Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left <= 0) {
                return -1;
            }
            int read = (int) Math.min(left, length);
            java.util.Arrays.fill(buffer, offset, offset + read, (byte) 0);
            left -= read;
            return read;
        }
    }
}
