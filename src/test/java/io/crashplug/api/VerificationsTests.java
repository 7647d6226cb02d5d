package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.HeaderBytes;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What verifications find is kept and feeds a condition. */
class VerificationsTests extends ApiTest {

    private String machine;

    @BeforeEach
    void aGuestWithAnImage() {
        machine = newName("verified");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);
    }

    @Test
    void theHeaderInForceIsVerifiedUntilAnotherFollows() {
        assertThat(condition(machine, "Verified")).isEqualTo("Unknown NotVerified");
        var found = verified(header(machine));
        assertThat(found.at("/matches/revision").longValue()).isEqualTo(1);
        assertThat(reasons(found)).containsExactly("MATCHES_CURRENT");
        assertThat(condition(machine, "Verified")).isEqualTo("True MatchesCurrent");
        hotplug(machine, Requests.changeSet(Requests.cpu("ADD_CPU", new CpuId(5))));
        assertThat(condition(machine, "Verified")).isEqualTo("True MatchesCurrent");
        hotplug(machine, SmallGuest.addAll(1, 1));
        assertThat(condition(machine, "Verified")).isEqualTo("Unknown NotVerified");
    }

    @Test
    void anOlderHeaderIsRecognised() {
        var old = header(machine);
        hotplug(machine, SmallGuest.addAll(1, 1));
        var found = verified(old);
        assertThat(found.at("/matches/revision").longValue()).isEqualTo(1);
        assertThat(found.at("/matches/current").booleanValue()).isFalse();
        assertThat(reasons(found)).contains("MATCHES_REVISION").doesNotContain("UNEXPLAINED", "MATCHES_CURRENT");
        assertThat(condition(machine, "Verified")).isEqualTo("False VerificationFailed");
    }

    @Test
    void aFlippedBitIsFoundAndNamed() {
        var bytes = header(machine);
        // The size in memory of the last program header.
        int last = 64 + 56 * (elfcorehdr(machine).get("phdrCount").intValue() - 1);
        bytes[last + 40] ^= 1;
        var found = verified(bytes);
        assertThat(found.get("matches").isNull()).isTrue();
        assertThat(found.get("explained").booleanValue()).isFalse();
        assertThat(reasons(found)).contains("UNEXPLAINED");
        assertThat(found.at("/nearest/revision").longValue()).isEqualTo(1);
        assertThat(found.get("differences").get(0).stringValue())
                .contains("System RAM 0x100000000-0x107ffffff", "memorySizeBytes", "134217728", "134217729");
    }

    @Test
    void bytesOfALongerHeaderAreKnownAsItsTail() {
        hotplug(machine, SmallGuest.addAll(1, 80));
        hotplug(
                machine,
                Requests.changeSet(IntStream.rangeClosed(1, 80)
                        .mapToObj(SmallGuest::remove)
                        .toList()));
        var found = verified(segment(machine));
        assertThat(reasons(found)).containsExactlyInAnyOrder("MATCHES_CURRENT", "STALE_TAIL");
        assertThat(found.get("explained").booleanValue()).isTrue();
    }

    @Test
    void whatWasFoundIsKeptInOrder() {
        var first = verified(header(machine));
        var second = verified(segment(machine));
        var path = "/machines/%s/verifications".formatted(machine);
        var list = body(api().get(path), 200).get("items");
        assertThat(list).containsExactly(second, first);
        assertThat(body(api().get(path + "/1"), 200)).isEqualTo(first);
        assertThat(first.get("kind").stringValue()).isEqualTo("HEADER");
        assertThat(second.get("kind").stringValue()).isEqualTo("SEGMENT");
        assertThat(second.get("dumpSha256").stringValue())
                .isEqualTo(HeaderBytes.of(segment(machine)).sha256());
        assertThat(body(api().get(path + "/3"), 404).get("detail").stringValue())
                .isEqualTo("the machine has no verification 3");
        assertThat(body(api().get(path + "?pageSize=1"), 200)
                        .get("nextPageToken")
                        .isString())
                .isTrue();
    }

    @Test
    void whatIsNoHeaderIsRefusedAndNotKept() {
        var header = header(machine);
        var otherClass = header.clone();
        otherClass[4] = 1;
        var otherMachine = header.clone();
        otherMachine[18] = 3;
        var cut = Arrays.copyOf(header, 100);
        for (var bad : List.of(
                new byte[] {1, 2, 3},
                "hello, this is no ELF file at all, but some text of 64 bytes or more".getBytes(),
                otherClass,
                otherMachine,
                cut)) {
            var problem = body(post(bad), 400);
            assertThat(problem.get("type").stringValue()).isEqualTo("/problems/invalid-request");
            assertThat(problem.get("detail").stringValue()).isNotBlank();
        }
        assertThat(body(post(new byte[0]), 400).get("type").stringValue()).isEqualTo("/problems/invalid-request");
        assertThat(body(post(cut), 400).get("detail").stringValue()).contains("but there are only 100 bytes");
        assertThat(post(new byte[100 << 20]).statusCode()).isEqualTo(413);
        assertThat(body(api().get("/machines/%s/verifications".formatted(machine)), 200)
                        .get("items"))
                .isEmpty();
        assertThat(condition(machine, "Verified")).isEqualTo("Unknown NotVerified");
    }

    @Test
    void withoutAnImageOlderRevisionsAreStillKnown() {
        var old = header(machine);
        assertThat(api().delete("/machines/{machine}/crash-image", machine).statusCode())
                .isEqualTo(204);
        assertThat(reasons(verified(old))).contains("MATCHES_REVISION");
        assertThat(condition(machine, "Verified")).isEqualTo("Unknown NotVerified");
    }

    private Response post(byte[] dump) {
        return api().contentType(ContentType.BINARY).body(dump).post("/machines/{machine}/verifications", machine);
    }

    private JsonNode verified(byte[] dump) {
        return body(post(dump), 201);
    }

    private static List<String> reasons(JsonNode verification) {
        return verification
                .get("reasons")
                .valueStream()
                .map(reason -> reason.get("code").stringValue())
                .toList();
    }
}
