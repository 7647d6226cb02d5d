package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.idempotency.DoOnce;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A request with a key is carried out once. */
class IdempotencyTests extends ApiTest {

    private static final String ADD_CPU = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}";
    private static final String ADD_ANOTHER = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 6}]}";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private DoOnce once;

    private String machine;
    private String key;

    @BeforeEach
    void aGuestAndAKey() {
        machine = newName("once");
        key = newName("key");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
    }

    private RequestSpecification keyed() {
        return api().header("Idempotency-Key", key).contentType("application/json");
    }

    private Response change(String body) {
        return keyed().body(body).post("/machines/{machine}/hotplug-events", machine);
    }

    private int entries() {
        return body(api().get("/machines/{machine}/hotplug-events", machine), 200)
                .get("items")
                .size();
    }

    private static void assertReplay(Response first, Response again) {
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
        for (var header : List.of("Content-Type", "Location", "ETag")) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
    }

    @Test
    void aChangeSetIsAnsweredAgainAsItWas() {
        var first = change(ADD_CPU);
        assertThat(first.statusCode()).isEqualTo(201);
        assertReplay(first, change(ADD_CPU));
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void aRefusalThatIsAuditedIsKeptToo() {
        hotplug(machine, ADD_CPU);
        var first = change(ADD_CPU);
        assertThat(body(first, 422).get("type").stringValue()).isEqualTo("/problems/cpu-already-present");
        assertReplay(first, change(ADD_CPU));
        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void everyOperationThatChangesSomethingKnowsKeys() {
        var created = SmallGuest.text(newName("once"), "LINUX_6_9", SmallGuest.LARGE);
        assertReplay(
                keyed().body(created).post("/machines"), keyed().body(created).post("/machines"));
        key = newName("key");
        assertReplay(
                keyed().body(Requests.FILE_LOAD).put("/machines/{machine}/crash-image", machine),
                keyed().body(Requests.FILE_LOAD).put("/machines/{machine}/crash-image", machine));
        assertThat(elfcorehdr(machine).get("revision").longValue()).isEqualTo(1);
        key = newName("key");
        assertReplay(
                keyed().delete("/machines/{machine}/crash-image", machine),
                keyed().delete("/machines/{machine}/crash-image", machine));
    }

    @Test
    void whatCannotBeKeptDidNotHappenAndIsNotAnsweredAsIfItHad() {
        database.sql(
                        "alter table idempotency_key add constraint keeps_fail check (key_text <> '%s' or status is null) %s"
                                .formatted(key, Database.TESTED.constraintOfNewRows()))
                .update();
        try {
            var answer = change(ADD_CPU);
            assertThat(body(answer, 500).get("type").stringValue()).isEqualTo("/problems/internal");
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.header("Location")).isNull();
            assertThat(answer.header("ETag")).isNull();
            assertThat(answer.header("X-Request-Id")).isNotNull();
        } finally {
            database.sql("alter table idempotency_key drop constraint keeps_fail")
                    .update();
        }
        assertThat(entries()).isZero();
        assertThat(change(ADD_CPU).statusCode()).isEqualTo(201);
    }

    @Test
    void aKeyStandsForOneRequest() {
        assertThat(change(ADD_CPU).statusCode()).isEqualTo(201);
        for (var other : List.of(
                change(ADD_ANOTHER),
                keyed().header("If-Match", "\"1\"").body(ADD_CPU).post("/machines/{machine}/hotplug-events", machine),
                keyed().body(Requests.FILE_LOAD).put("/machines/{machine}/crash-image", machine))) {
            assertThat(body(other, 422).get("type").stringValue()).isEqualTo("/problems/idempotency-key-reused");
        }
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void whatChangedNothingKeepsNoKey() {
        assertThat(change("{").statusCode()).isEqualTo(400);
        assertThat(keyed().body(ADD_CPU).post("/machines/nobody/hotplug-events").statusCode())
                .isEqualTo(404);
        assertThat(keyed().body(ADD_CPU)
                        .post("/machines/{machine}/hotplug-events?dryRun=true", machine)
                        .statusCode())
                .isEqualTo(200);
        assertThat(keyed().contentType("text/plain")
                        .body(ADD_CPU)
                        .post("/machines/{machine}/hotplug-events", machine)
                        .statusCode())
                .isEqualTo(415);
        var first = change(ADD_CPU);
        assertThat(body(first, 201).get("sequence").longValue()).isEqualTo(1);
        // A dry run neither uses a key nor minds that it was used.
        assertThat(keyed().body(ADD_ANOTHER)
                        .post("/machines/{machine}/hotplug-events?dryRun=true", machine)
                        .statusCode())
                .isEqualTo(200);
    }

    /** There is nothing to answer again, and something else may be asked for with the same key. */
    @Test
    void whatFoundAllAsItIsToBeKeepsNoKey() {
        var patch =
                keyed().contentType("application/merge-patch+json").body("{}").patch("/machines/" + machine);
        assertThat(patch.statusCode()).isEqualTo(200);
        var none = keyed().body("{\"replies\": {\"query-memory-size-summary\": {\"base-memory\": 1}}}")
                .post("/machines/{machine}/layout-imports", machine);
        assertThat(body(none, 200).get("changed").booleanValue()).isFalse();
        assertThat(change(ADD_CPU).statusCode()).isEqualTo(201);
    }

    /** The key counts for what the controllers see. */
    @Test
    void whatIsEncodedIsTheSame() {
        var encoded = machine.replace("-", "%2D");
        assertThat(encoded).isNotEqualTo(machine);
        for (var path : List.of("/machines/" + encoded, "/%6Dachines/" + machine)) {
            for (var query : List.of("", "?dryRun=", "?dryRun=fals%65", "?dryRun=%20no")) {
                key = newName("key");
                var url = path + "/hotplug-events" + query;
                var first = keyed().urlEncodingEnabled(false).body(ADD_CPU).post(url);
                assertThat(first.statusCode()).as(url).isIn(201, 422);
                assertReplay(
                        first, keyed().urlEncodingEnabled(false).body(ADD_CPU).post(url));
            }
        }
        int before = entries();
        var dry = keyed().urlEncodingEnabled(false)
                .body(ADD_ANOTHER)
                .post("/machines/" + machine + "/hotplug-events?dr%79Run=%20True");
        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(entries()).isEqualTo(before).isEqualTo(8);
    }

    @Test
    void onlyWhatKnowsDryRunsIsTriedOut() {
        assertReplay(
                keyed().body(Requests.FILE_LOAD).put("/machines/{machine}/crash-image?dryRun=true", machine),
                keyed().body(Requests.FILE_LOAD).put("/machines/{machine}/crash-image?dryRun=true", machine));
    }

    @Test
    void aKeyHasAForm() {
        key = "no blanks";
        assertThat(body(change(ADD_CPU), 400).get("detail").stringValue())
                .isEqualTo("Idempotency-Key is not 1 to 255 visible ASCII characters");
        key = "k".repeat(256);
        assertThat(change(ADD_CPU).statusCode()).isEqualTo(400);
        assertThat(entries()).isZero();
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefusedAsWithoutAKey() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1/machines/%s/hotplug-events".formatted(port, machine)))
                .headers("Idempotency-Key", key, "Content-Type", "application/json")
                // Without a length, so that it shows only while the body is read.
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[17 << 20])))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer::body).isEqualTo(413);
        assertThat(change(ADD_CPU).statusCode()).isEqualTo(201);
    }

    @Test
    void ofRequestsAtOnceOneIsCarriedOut() throws InterruptedException {
        Callable<Response> request = () -> change(ADD_CPU);
        var answers = AtOnce.run(Duration.ofMinutes(1), Collections.nCopies(12, request));
        assertThat(answers).extracting(Response::statusCode).isSubsetOf(201, 409);
        var done = answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        assertThat(done)
                .filteredOn(answer -> answer.header("Idempotency-Replayed") == null)
                .hasSize(1);
        assertThat(done).extracting(Response::asString).containsOnly(done.get(0).asString());
        answers.stream()
                .filter(answer -> answer.statusCode() == 409)
                .forEach(answer -> assertThat(body(answer, 409).get("type").stringValue())
                        .isEqualTo("/problems/idempotency-key-in-progress"));
        assertThat(entries()).isEqualTo(1);
    }

    /** Somebody holds the machine's row until one of the two is answered, so the other cannot be. */
    @Test
    void aRetryThatComesBeforeTheAnswerHearsThatTheFirstIsAtWork() throws InterruptedException {
        var held = new CountDownLatch(1);
        var oneAnswered = new CountDownLatch(1);
        Callable<Response> holder = () -> OtherTransaction.on(dataSource).execute(status -> {
            database.sql("select id from machine where live_name = ? for update")
                    .param(machine)
                    .query()
                    .singleRow();
            held.countDown();
            await(oneAnswered);
            return null;
        });
        Callable<Response> request = () -> {
            await(held);
            var answer = change(ADD_CPU);
            oneAnswered.countDown();
            return answer;
        };
        var answers = AtOnce.run(Duration.ofMinutes(1), List.of(holder, request, request))
                .subList(1, 3);
        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(201, 409);
        assertThat(entries()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void retriesAtOnceOfWhatIsAnsweredAreAllReplays() throws InterruptedException {
        var first = change(ADD_CPU);
        Callable<Response> retry = () -> change(ADD_CPU);
        for (int round = 0; round < 5; round++) {
            assertThat(AtOnce.run(Duration.ofMinutes(1), Collections.nCopies(12, retry)))
                    .allSatisfy(again -> assertReplay(first, again));
        }
        Callable<Response> misuse = () -> change(ADD_ANOTHER);
        assertThat(AtOnce.run(Duration.ofMinutes(1), Collections.nCopies(12, misuse)))
                .extracting(Response::statusCode)
                .containsOnly(422);
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void keysAreForgottenAfterADay() {
        assertThat(change(ADD_CPU).statusCode()).isEqualTo(201);
        database.sql("update idempotency_key set kept_at = :then where key_text = :key")
                .param("then", Instant.now().minus(Duration.ofHours(25)).atOffset(ZoneOffset.UTC))
                .param("key", key)
                .update();
        assertThat(body(change(ADD_CPU), 422).get("type").stringValue()).isEqualTo("/problems/cpu-already-present");
        database.sql("update idempotency_key set kept_at = :then where key_text = :key")
                .param("then", Instant.now().minus(Duration.ofHours(25)).atOffset(ZoneOffset.UTC))
                .param("key", key)
                .update();
        once.clean();
        for (var table : List.of("idempotency_key", "idempotency_piece")) {
            assertThat(database.sql("select count(*) from %s where key_text = :key".formatted(table))
                            .param("key", key)
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }
}
