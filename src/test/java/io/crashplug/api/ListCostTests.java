package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crashplug.notify.FeedTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Of 6,000 machines, of which as many more are deleted, and of a history of 6,000 entries no query of a page, a read or a
 * hotplug reads more than a page's worth, but for what is counted on the way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListCostTests extends ApiTest {

    private static final int MANY = 6000;
    private static final long MOST_READ = 1200;

    @TestConfiguration(proxyBeanMethods = false)
    static class Explaining {

        @Bean
        static BeanPostProcessor explaining() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource database ? new ExplainedQueries(database) : bean;
                }
            };
        }
    }

    @Autowired
    private DataSource database;

    @Autowired
    private JdbcTemplate jdbc;

    private String middle = "";

    @BeforeAll
    void fill() {
        create(described("deleted", "h1"));
        create(described("other", "h2"));
        create(described("long", "h3"));
        load("other", Requests.FILE_LOAD);
        load("long", Requests.FILE_LOAD);
        hotplug("long", SmallGuest.addAll(1, 1));
        var deleted = id("deleted");
        assertThat(api().delete("/machines/deleted").statusCode()).isEqualTo(204);
        copyMachines(deleted, "0190");
        copyMachines(id("other"), "0191");
        for (var table : List.of("hotplug_event", "header_revision", "revision_piece")) {
            var number = table.equals("hotplug_event") ? "sequence" : "revision";
            copy(
                    table,
                    "t.machine_id = '%s' and t.%s = 2".formatted(id("long"), number),
                    Map.of(
                            number,
                            "n.n + 10",
                            "at",
                            "t.at + (n.n + 1) * interval '1' second",
                            "actor",
                            "case mod(n.n, 3) when 0 then 'a' when 1 then 'b' else 'c' end"));
        }
        allEventsHavePlaces();
        copy(
                "machine_event",
                "t.machine_id = '%s' and t.sequence = 4".formatted(id("long")),
                Map.of("sequence", "n.n + 10", "feed_position", "n.n + 1000"));
        jdbc.update("update event_feed set last_position = ?", MANY + 999);
        deliveries();
        jdbc.execute("analyze");
        middle = api().get("/machines/{machine}", "other-%d".formatted(MANY / 2))
                .jsonPath()
                .getString("id");
    }

    @Autowired
    private FeedTokens tokens;

    private void deliveries() {
        jdbc.update("""
                insert into webhook (name, url, secret, types, paused, created_at, created_by, feed_position, last_number,
                    failures)
                values ('busy', 'https://192.0.2.7/', 'whsec_', '', true, current_timestamp, 'ada', 0, %d, 0)""".formatted(MANY + 9));
        jdbc.update("""
                insert into webhook_delivery (webhook_name, number, machine_id, sequence, state, attempts, created_at,
                    give_up_at)
                select 'busy', 1, machine_id, sequence, 'DELIVERED', 1, at, at from machine_event
                where machine_id = cast(? as uuid) and sequence = 1""", id("long"));
        copy(
                "webhook_delivery",
                "t.number = 1",
                Map.of(
                        "number",
                        "n.n + 10",
                        "sequence",
                        "n.n + 10",
                        "state",
                        "case mod(n.n, 3) when 0 then 'DELIVERED' when 1 then 'DEAD' else 'QUEUED' end"));
    }

    private void allEventsHavePlaces() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.queryForObject(
                                "select count(*) from machine_event where feed_position is null", Integer.class)
                        == 0);
    }

    private static Object described(String name, String host) {
        return ApiTest.JSON.readTree(SmallGuest.text(name, "LINUX_6_9", SmallGuest.LARGE)
                .replaceFirst("\\{", "{\"labels\": {\"env\": \"prod\", \"host\": \"%s\"},".formatted(host)));
    }

    private String id(String machine) {
        return machine(machine).get("id").stringValue();
    }

    private void copyMachines(String id, String epoch) {
        var newId = "cast('%s' || lpad(cast(n.n as varchar), 4, '0') || '-0000-7000-8000-000000000000' as uuid)"
                .formatted(epoch);
        var newName = "case when t.live_name is null then null else t.name || '-' || cast(n.n as varchar) end";
        copy("machine", "t.id = '%s'".formatted(id), Map.of("id", newId, "live_name", newName));
        for (var table : List.of("machine_label", "machine_condition", "system_ram", "crash_image")) {
            copy(table, "t.machine_id = '%s'".formatted(id), Map.of("machine_id", newId));
        }
    }

    /** Copies rows as often as there are numbers below {@link #MANY}. */
    private void copy(String table, String condition, Map<String, String> replaced) {
        var columns = jdbc.query("select * from %s where 1 = 0".formatted(table), none -> {
            var names = new String[none.getMetaData().getColumnCount()];
            for (int i = 0; i < names.length; i++) {
                names[i] = none.getMetaData().getColumnName(i + 1).toLowerCase(Locale.ROOT);
            }
            return List.of(names);
        });
        var values = columns.stream()
                .map(column -> replaced.getOrDefault(column, "t." + column))
                .collect(Collectors.joining(", "));
        jdbc.execute("insert into %s (%s) select %s from %s t cross join %s as n(n) where %s"
                .formatted(
                        table,
                        String.join(", ", columns),
                        values,
                        table,
                        Database.TESTED.numbersBelow(MANY),
                        condition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/machines",
                "/machines?pageToken=MIDDLE",
                "/machines?label=env=prod",
                "/machines?label=env=prod&pageToken=MIDDLE",
                "/machines?label=host=h3",
                "/machines?condition=HeaderCurrent=True",
                "/machines?condition=HeaderCurrent=True&pageToken=MIDDLE",
                "/machines?condition=HeaderCurrent=True:EqualsRebuild",
                "/machines?condition=HeaderCurrent=False:KernelRemovalLag",
                "/machines?label=env=prod&label=host=h3&condition=KdumpReady=True&condition=HeaderFits=True",
                "/machines?name=other-",
                "/machines?name=other-59",
                "/machines?name=long",
                "/machines?name=other-&label=host=h3",
                "/machines/long",
                "/machines/long/hotplug-events",
                "/machines/long/hotplug-events?pageToken=3000",
                "/machines/long/hotplug-events?order=asc&pageToken=3000",
                "/machines/long/hotplug-events?outcome=LOADED",
                "/machines/long/hotplug-events?outcome=REBUILT&action=ADD_MEMORY&pageToken=3000",
                "/machines/long/hotplug-events?action=ONLINE_CPU",
                "/machines/long/hotplug-events?actor=b&order=asc",
                "/machines/long/hotplug-events?actor=nobody",
                "/machines/long/hotplug-events?until=2020-01-01T00:00:00Z",
                "/machines/long/hotplug-events?since=2020-01-01T00:00:00Z&order=asc&pageToken=3000",
                "/machines/long/hotplug-events/3000",
                "/machines/long/elfcorehdr/revisions",
                "/machines/long/elfcorehdr/revisions?pageToken=3000",
                "/machines/long/elfcorehdr/revisions?order=asc&pageToken=3000",
                "/machines/long/elfcorehdr/revisions?at=2020-01-01T00:00:00Z",
                "/machines/long/verifications",
                "/events",
                "/events?pageToken=PLACE",
                "/events?pageToken=PLACE&type=machine.deleted",
                "/events?pageToken=PLACE&label=host=h1&pageSize=500",
                "/events?pageToken=PLACE&machine=other",
                "/events?pageToken=PLACE&machine=long",
                "/events?from=newest",
                "/webhooks",
                "/webhooks/busy",
                "/webhooks/busy/deliveries",
                "/webhooks/busy/deliveries?pageToken=3000",
                "/webhooks/busy/deliveries?state=DEAD&pageToken=3000",
                "/webhooks/busy/deliveries?state=PENDING",
                "/webhooks/busy/deliveries/3000"
            })
    void aReadReadsWhatItShows(String path) {
        var request = path.replace("MIDDLE", token(middle))
                .replace("=3000", "=" + token("3000"))
                .replace("PLACE", token(tokens.of(3000)));
        assertReadsLittle(() -> assertThat(api().get(request).statusCode()).isIn(200, 404));
    }

    @Test
    void aHotplugReadsNothingOfTheHistory() {
        assertReadsLittle(() -> body(post("/machines/long/hotplug-events?dryRun=true", SmallGuest.addAll(9, 1)), 200));
    }

    @Test
    void aVerificationReadsAFewRevisions() {
        var header = header("long");
        assertReadsLittle(() -> assertThat(api().contentType("application/octet-stream")
                        .body(Arrays.copyOf(header, header.length - 1))
                        .post("/machines/long/verifications")
                        .statusCode())
                .isEqualTo(201));
    }

    private void assertReadsLittle(Runnable request) {
        var explained = ((ExplainedQueries) database).during(request);
        assertThat(explained)
                .isNotEmpty()
                .allSatisfy(query ->
                        assertThat(query.rowsRead()).as(query::toString).isLessThan(MOST_READ));
    }

    private static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
