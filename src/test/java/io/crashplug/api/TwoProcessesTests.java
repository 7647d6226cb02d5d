package io.crashplug.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.CrashplugApplication;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Two services that share nothing but the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestPropertySource(properties = "crashplug.lock-timeout-millis=2000")
class TwoProcessesTests extends ApiTest {

    private static final String ADD_CPU = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}";
    private static final List<String> SHARED =
            List.of("spring.datasource.url", "spring.datasource.username", "spring.datasource.password");

    @Autowired
    private Environment environment;

    @Autowired
    private JdbcClient database;

    @Autowired
    private DataSource dataSource;

    private ConfigurableApplicationContext other;
    private String machine;
    private String key;

    @BeforeAll
    void startTheOther() {
        var properties = Stream.concat(
                Stream.of("--server.port=0", "--crashplug.lock-timeout-millis=2000"),
                SHARED.stream().map(name -> "--%s=%s".formatted(name, environment.getRequiredProperty(name))));
        other = new SpringApplicationBuilder(CrashplugApplication.class).run(properties.toArray(String[]::new));
    }

    @AfterAll
    void stopTheOther() {
        other.close();
    }

    @BeforeEach
    void aGuestAndAKey() {
        machine = newName("shared");
        key = newName("key");
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
    }

    private Response here(String body) {
        return api().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/machines/{machine}/hotplug-events", machine);
    }

    private Response there(String body) {
        return apiOfTheOther()
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/machines/{machine}/hotplug-events", machine);
    }

    private RequestSpecification apiOfTheOther() {
        return given().baseUri("http://127.0.0.1")
                .port(other.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
                .basePath("/api/v1");
    }

    private int entries() {
        return body(api().get("/machines/{machine}/hotplug-events", machine), 200)
                .get("items")
                .size();
    }

    private static boolean isReplay(Response answer) {
        return "true".equals(answer.header("Idempotency-Replayed"));
    }

    /** The answers to the same request at both, sent while somebody holds the machine's row. */
    private List<Response> atBothWhileHeld(Duration atMost, CountDownLatch answered) throws InterruptedException {
        var isHeld = new CountDownLatch(1);
        Callable<Response> holder = () -> OtherTransaction.on(dataSource).execute(status -> {
            database.sql("select id from machine where live_name = ? for update")
                    .param(machine)
                    .query()
                    .singleRow();
            isHeld.countDown();
            await(answered, atMost);
            return null;
        });
        Callable<Response> here = () -> {
            await(isHeld, Duration.ofSeconds(20));
            var answer = here(ADD_CPU);
            answered.countDown();
            return answer;
        };
        Callable<Response> there = () -> {
            await(isHeld, Duration.ofSeconds(20));
            var answer = there(ADD_CPU);
            answered.countDown();
            return answer;
        };
        return AtOnce.run(Duration.ofMinutes(1), List.of(holder, here, there)).subList(1, 3);
    }

    private static boolean await(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRetryAtTheOtherIsTheFirstAnswer() {
        var first = here(ADD_CPU);
        assertThat(first.statusCode()).isEqualTo(201);
        var again = there(ADD_CPU);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(isReplay(again)).isTrue();
        assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(body(there(ADD_CPU.replace("5", "6")), 422).get("type").stringValue())
                .isEqualTo("/problems/idempotency-key-reused");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void ofOneRequestAtBothAtOnceTheSecondWaitsForTheFirst() throws InterruptedException {
        // Never counted down to the end: the row is held for that time.
        var answers = atBothWhileHeld(Duration.ofMillis(500), new CountDownLatch(3));
        assertThat(answers).extracting(Response::statusCode).containsExactly(201, 201);
        assertThat(answers).extracting(TwoProcessesTests::isReplay).containsExactlyInAnyOrder(false, true);
        assertThat(answers.get(0).asByteArray()).isEqualTo(answers.get(1).asByteArray());
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void whoWaitsForTooLongHearsWhyAndMayTryAgain() throws InterruptedException {
        var answers = atBothWhileHeld(Duration.ofSeconds(40), new CountDownLatch(2));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(
                                answer.statusCode() + " " + answer.jsonPath().getString("type"))
                        .isIn("503 /problems/machine-busy", "409 /problems/idempotency-key-in-progress"));
        assertThat(entries()).isZero();
        assertThat(here(ADD_CPU).statusCode()).isEqualTo(201);
        assertThat(isReplay(there(ADD_CPU))).isTrue();
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void changesOfOneMachineAtBothAreOneHistory() throws InterruptedException {
        var requests = IntStream.rangeClosed(1, 40)
                .mapToObj(block -> keptTrying(block % 2 == 0 ? this::api : this::apiOfTheOther, block))
                .toList();
        var answers = AtOnce.run(Duration.ofMinutes(2), requests);
        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers.stream()
                        .map(answer -> answer.jsonPath().getInt("sequence"))
                        .sorted())
                .isEqualTo(IntStream.rangeClosed(1, 40).boxed().toList());
        assertThat(answers.stream()
                        .map(answer -> answer.jsonPath().getInt("generation.after"))
                        .sorted())
                .isEqualTo(IntStream.rangeClosed(2, 41).boxed().toList());
    }

    /** As a client should: says the same again while it hears that the machine is busy. */
    private Callable<Response> keptTrying(Supplier<RequestSpecification> api, int block) {
        var name = newName("key");
        var body = text(SmallGuest.addAll(block, 1));
        return () -> {
            Response answer = null;
            for (int i = 0; i < 40 && (answer == null || answer.statusCode() == 503); i++) {
                answer = api.get()
                        .header("Idempotency-Key", name)
                        .contentType(ContentType.JSON)
                        .body(body)
                        .post("/machines/{machine}/hotplug-events", machine);
            }
            return answer;
        };
    }

    @Test
    void aReaderAtTheOtherHearsOfWhatHappensHere() throws Exception {
        var follower = Follower.fromNow(Store.client(other), "type=machine.changed&machine=" + machine);
        here(ADD_CPU);
        var events = follower.next(1);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).get("subject").stringValue()).isEqualTo(machine);
    }
}
