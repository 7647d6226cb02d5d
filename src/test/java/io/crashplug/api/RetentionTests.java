package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.notify.FeedTokens;
import io.crashplug.web.Page;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import tools.jackson.databind.JsonNode;

/** What is still there after a hundred years. */
class RetentionTests extends ApiTest {

    private static final String CHANGE = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 5}]}";

    /** What may be deleted with time; all else is for ever. */
    private static final Set<String> FORGOTTEN = Set.of("IDEMPOTENCY_KEY", "IDEMPOTENCY_PIECE");

    @Autowired
    private FeedTokens tokens;

    @Autowired
    private JdbcClient database;

    @Autowired
    private AdvancedClock clock;

    @Autowired
    private List<ScheduledTaskHolder> background;

    /** A clock that can be put forward. */
    private static final class AdvancedClock extends Clock {

        private volatile Clock clock = Clock.systemUTC();

        void advance(Duration by) {
            clock = Clock.offset(clock, by);
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return clock.withZone(zone);
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        AdvancedClock advancedClock() {
            return new AdvancedClock();
        }
    }

    @Test
    void whatRunsInTheBackgroundForgetsKeysAndEventsAndNothingElse() throws Exception {
        var follower = Follower.fromTheBeginning(plain(), "");
        storied("kept");
        storied("deleted");
        assertThat(api().delete("/machines/deleted").statusCode()).isEqualTo(204);
        var events = follower.next(11);
        var before = DatabaseSnapshot.of(database).rows();
        assertThat(before)
                .extractingByKeys(
                        "HOTPLUG_EVENT",
                        "HEADER_REVISION",
                        "REVISION_PIECE",
                        "VERIFICATION_RECORD",
                        "IDEMPOTENCY_KEY",
                        "IDEMPOTENCY_PIECE")
                .allSatisfy(rows -> assertThat(rows).isNotEmpty());

        clock.advance(Duration.ofDays(36_525));
        runBackground();

        var left = new TreeMap<>(before);
        FORGOTTEN.forEach(table -> left.put(table, Set.<Map<String, String>>of()));
        left.put("MACHINE_EVENT", newestOfEachMachine(left.get("MACHINE_EVENT")));
        assertThat(left.get("MACHINE_EVENT")).hasSize(2);
        assertThat(DatabaseSnapshot.of(database).rows()).isEqualTo(left);
        theFeedGoesOn(follower.token(), events.get(events.size() - 1));
    }

    /** So that its numbers continue. */
    private static Set<Map<String, String>> newestOfEachMachine(Set<Map<String, String>> events) {
        return Set.copyOf(events.stream()
                .collect(Collectors.toMap(
                        event -> event.get("MACHINE_ID"),
                        event -> event,
                        BinaryOperator.maxBy(Comparator.comparingLong(event -> Long.parseLong(event.get("SEQUENCE"))))))
                .values());
    }

    /** Whoever has read all goes on without a gap; whoever has not is told. */
    private void theFeedGoesOn(String token, JsonNode last) throws Exception {
        assertThat(body(api().get("/events"), 200).get("items")).isEmpty();
        var behind = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        var early = Page.token(tokens.of(tokens.position(behind) - 1));
        assertThat(body(api().get("/events?pageToken=" + early), 410)
                        .get("type")
                        .stringValue())
                .isEqualTo("/problems/events-gone");
        assertThat(body(api().get("/events?pageToken=" + token), 200).get("items"))
                .isEmpty();
        hotplug("kept", "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 6}]}");
        var next = Follower.fromTheBeginning(plain(), "machine=kept").next(1).get(0);
        assertThat(last.get("subject").stringValue()).isEqualTo("deleted");
        assertThat(next.get("sequence").stringValue()).isEqualTo("%019d", 6);
    }

    private void runBackground() {
        var tasks = background.stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::getTask)
                .toList();
        assertThat(tasks).isNotEmpty();
        tasks.forEach(task -> task.getRunnable().run());
    }

    /** A machine with an image, a change with a key, a refusal, and a verification. */
    private void storied(String name) {
        create(SmallGuest.text(name, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(name, Requests.FILE_LOAD);
        assertThat(api().header("Idempotency-Key", "key-of-" + name)
                        .contentType("application/json")
                        .body(CHANGE)
                        .post("/machines/{machine}/hotplug-events", name)
                        .statusCode())
                .isEqualTo(201);
        body(post("/machines/%s/hotplug-events".formatted(name), CHANGE), 422);
        assertThat(api().contentType("application/octet-stream")
                        .body(segment(name))
                        .post("/machines/{machine}/verifications", name)
                        .statusCode())
                .isEqualTo(201);
    }
}
