package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a segment, whole and in part. Half of this one's are zeros that are not stored. */
class ByteRangeTests extends RefusalTest {

    private static final String TYPE = "application/octet-stream";
    private static final String SEGMENT = "/elfcorehdr?extent=segment";
    private static final int LENGTH = 921_600;

    private final String machine = newName("bytes");
    private byte[] all;
    private String tag;

    @BeforeEach
    void loadImage() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);
        var whole = get(null, null);
        all = whole.asByteArray();
        tag = whole.header("ETag");
        assertThat(all).hasSize(LENGTH);
    }

    private Response get(String range, String ifRange) {
        var request = api().accept(ContentType.BINARY);
        if (range != null) {
            request.header("Range", range);
        }
        if (ifRange != null) {
            request.header("If-Range", ifRange);
        }
        return request.get("/machines/" + machine + SEGMENT);
    }

    private void isWhole(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Content-Range")).isNull();
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(LENGTH));
        assertThat(answer.asByteArray()).isEqualTo(all);
        describesAllBytes(answer);
    }

    private void isPart(Response answer, int first, int last) {
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.contentType()).isEqualTo(TYPE);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes %d-%d/%d".formatted(first, last, LENGTH));
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
        assertThat(answer.asByteArray()).isEqualTo(Arrays.copyOfRange(all, first, last + 1));
        describesAllBytes(answer);
    }

    private void describesAllBytes(Response answer) {
        var sha256 = sha256(all);
        assertThat(answer.header("ETag"))
                .isEqualTo("\"sha256:%s\"".formatted(HexFormat.of().formatHex(sha256)));
        assertThat(answer.header("Repr-Digest"))
                .isEqualTo("sha-256=:%s:".formatted(Base64.getEncoder().encodeToString(sha256)));
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"%s-elfcorehdr-1-segment.bin\"".formatted(machine));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-0              | 0      | 0
            bytes=0-63             | 0      | 63
            bytes=64-119           | 64     | 119
            bytes=400-100000       | 400    | 100000
            bytes=500000-500007    | 500000 | 500007
            bytes=921599-921599    | 921599 | 921599
            bytes=921599-          | 921599 | 921599
            bytes=0-               | 0      | 921599
            bytes=921000-99999999  | 921000 | 921599
            bytes=-1               | 921599 | 921599
            bytes=-4096            | 917504 | 921599
            bytes=-921601          | 0      | 921599
            bytes=1-99999999999999999999 | 1 | 921599
            Bytes=00-07            | 0      | 7
            """)
    void aRangeIsAnsweredAlone(String range, int first, int last) {
        isPart(get(range, null), first, last);
        isPart(get(range, tag), first, last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=921600-",
                "bytes=921600-921700",
                "bytes=99999999999999999999-",
                "bytes=-0",
            })
    void aRangeBehindTheEndIsRefused(String range) {
        refused(
                () -> {
                    var answer = get(range, null);
                    assertThat(answer.header("Content-Range")).isEqualTo("bytes */921600");
                    return answer;
                },
                416,
                "range-not-satisfiable",
                "the representation has 921600 bytes, none of them in the range");
    }

    /** Another unit, several ranges, one that ends before it begins, and what is no range. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pages=0-1",
                "bytes=0-1,4-5",
                "bytes=0-1, -1",
                "bytes=5-2",
                "bytes=-",
                "bytes=",
                "bytes=a-b",
                "bytes=0x0-0x7",
                "bytes=--1",
                "bytes 0-1",
                "0-1",
                ""
            })
    void aRangeThatIsNotUnderstoodIsPassedOver(String range) {
        isWhole(get(range, null));
    }

    @Test
    void aRangeOfOtherBytesIsPassedOver() {
        isPart(get("bytes=0-7", tag), 0, 7);
        for (var other :
                new String[] {"\"x\"", "W/" + tag, tag.replace("\"", ""), "*", "Sun, 22 Nov 2026 21:10:40 GMT"}) {
            isWhole(get("bytes=0-7", other));
            isWhole(get("bytes=921600-", other));
        }
        hotplug(machine, SmallGuest.addAll(1, 1));
        assertThat(get("bytes=0-7", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsKnownIsNotSentInPartEither() {
        var answer = api().accept(ContentType.BINARY)
                .header("If-None-Match", tag)
                .header("Range", "bytes=0-7")
                .get("/machines/" + machine + SEGMENT);
        assertThat(answer.statusCode()).isEqualTo(304);
    }

    @Test
    void everyDownloadHasRanges() {
        for (var path : new String[] {"/elfcorehdr", "/crash-image/segments/0/content"}) {
            var request = api().accept(ContentType.BINARY).header("Range", "bytes=0-3");
            var answer = request.get("/machines/" + machine + path);
            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.asByteArray()).containsExactly(0x7f, 'E', 'L', 'F');
            assertThat(answer.header("Content-Range"))
                    .isEqualTo(path.equals("/elfcorehdr") ? "bytes 0-3/4096" : "bytes 0-3/921600");
        }
    }

    /** Ranges are for GET: what is posted is answered whole (RFC 9110, 14.2). */
    @Test
    void whatIsPostedIsAnsweredWhole() {
        var header = header(machine);
        var answer = api().contentType(ContentType.BINARY)
                .accept(ContentType.BINARY)
                .header("Range", "bytes=0-3")
                .header("If-None-Match", "*")
                .body(header)
                .post("/elfcorehdr-decodings");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asByteArray()).isEqualTo(header);
    }

    @Test
    void otherFormsHaveNoRanges() {
        for (var form : new ContentType[] {ContentType.JSON, ContentType.TEXT}) {
            var answer = api().accept(form).header("Range", "bytes=0-3").get("/machines/" + machine + "/elfcorehdr");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.header("Accept-Ranges")).isNull();
        }
    }
}
