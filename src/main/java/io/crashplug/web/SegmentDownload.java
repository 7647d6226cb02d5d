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
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A segment's bytes as a download: strong ETag and digest of the content, a file name, ranges. */
public final class SegmentDownload extends AbstractResource {

    private static final String REPR_DIGEST = "Repr-Digest";

    private final SegmentContent content;

    private SegmentDownload(SegmentContent content) {
        this.content = content;
    }

    /** The segment, all of whose bytes must be known, as the body of an answer. */
    public static ResponseEntity<Resource> answer(SegmentContent content, String fileName) {
        var sha256 = content.sha256IfKnown();
        if (sha256 == null) {
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "a segment of more than %d bytes is not answered whole"
                                    .formatted(SegmentContent.MAX_HASHED_BYTES))
                    .toException();
        }
        var digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        return ResponseEntity.ok()
                .eTag("\"sha256:" + sha256 + "\"")
                .header(REPR_DIGEST, "sha-256=:" + digest + ":")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(fileName)
                                .build()
                                .toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(new SegmentDownload(content));
    }

    @Override
    public long contentLength() {
        return content.memszBytes();
    }

    /** The known bytes and then the implied zeros, which take no memory. */
    @Override
    public InputStream getInputStream() {
        int known = (int) Math.min(content.known().length(), content.memszBytes());
        return new SequenceInputStream(
                new ByteArrayInputStream(content.first(known).toByteArray()), new Zeros(content.memszBytes() - known));
    }

    @Override
    public String getDescription() {
        return "segment of %d bytes".formatted(content.memszBytes());
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
