package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Checks of many machines, and of those that change meanwhile. */
class StoreCheckPagesTests extends StoreCheckTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int CLIENTS = 4;
    private static final int EVENTS = 60;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 500})
    void pagesCheckEachMachineOnceAlsoThoseThatCannotBeRead(int size) {
        var sound = storied(newName("paged"));
        var damaged = storied(newName("paged"));
        damage(damaged, "update machine set generation = 6 where id = :m");
        var unreadable = storied(newName("paged"));
        damage(unreadable, "update machine set profile = 'MINIX' where id = :m");
        damage(unreadable, "delete from hotplug_event where sequence = 3 and machine_id = :m");
        assertThat(api().delete("/machines/{machine}", damaged).statusCode()).isEqualTo(204);
        var found = new ArrayList<String>();
        int checked = 0;
        String token = "";
        while (token != null) {
            var page = body(
                    api().queryParam("pageSize", size)
                            .queryParam("pageToken", token)
                            .get("/store-checks"),
                    200);
            page.get("items").forEach(item -> found.add(item.get("machineId").stringValue() + " " + line(item)));
            checked += page.get("checkedMachines").intValue();
            token = page.get("nextPageToken").stringValue(null);
            assertThat(page.get("checkedMachines").intValue()).isLessThanOrEqualTo(size);
        }
        assertThat(checked)
                .isEqualTo(database.sql("select count(*) from machine")
                        .query(Integer.class)
                        .single());
        assertThat(found)
                .contains(damaged
                        + " HISTORY_END - -: the history ends at entry 6 with generation 5, the machine is at 6")
                .contains(unreadable + " HISTORY_SEQUENCE - 4: entry 3 is missing before entry 4")
                .anyMatch(finding -> finding.startsWith(unreadable + " READABLE"))
                .noneMatch(finding -> finding.startsWith(sound.toString()));
        assertThat(found.stream().filter(finding -> finding.startsWith(unreadable.toString())))
                .hasSize(2);
    }

    @Test
    void ofVeryManyFindingsTheFirstAreListedAndTheOthersCounted() {
        var name = newName("many");
        create(SmallGuest.text(name, "LINUX_6_9", SmallGuest.LARGE));
        for (int i = 0; i < 30; i++) {
            body(post("/machines/%s/hotplug-events".formatted(name), SmallGuest.addAll(0, 1)), 422);
        }
        damage(id(name), "update hotplug_event set generation_after = 3 where machine_id = :m");
        var findings = findings(name);
        assertThat(findings).hasSize(21);
        assertThat(findings.get(19))
                .isEqualTo("HISTORY_GENERATION - 20: entry 20 (REFUSED) goes from generation 1 to 3");
        assertThat(findings.get(20)).isEqualTo("HISTORY_GENERATION - -: and 10 more that fail this check");
    }

    @Test
    void changesMeanwhileAreNoFindings() throws Exception {
        var machines = List.of(newName("busy"), newName("busy"));
        for (var machine : machines) {
            create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
            load(machine, Requests.FILE_LOAD);
        }
        var http = PlainClient.checking(port);
        var left = new AtomicInteger(CLIENTS);
        var tasks = new ArrayList<Callable<Integer>>();
        IntStream.range(0, CLIENTS)
                .forEach(client -> tasks.add(() -> {
                    try {
                        return change(http, machines.get(client % machines.size()), client + 1);
                    } finally {
                        left.decrementAndGet();
                    }
                }));
        tasks.add(() -> {
            int checks = 0;
            do {
                for (var machine : machines) {
                    assertThat(findings(machine)).isEmpty();
                    checks++;
                }
            } while (left.get() > 0);
            return checks;
        });
        var done = AtOnce.run(LIMIT, tasks);
        assertThat(done.get(CLIENTS)).as("checks meanwhile").isGreaterThan(10);
    }

    /** Plugs and unplugs a block of memory, and now and then loads or unloads the image. */
    private static int change(PlainClient http, String machine, int block) throws Exception {
        var image = "/machines/" + machine + "/crash-image";
        for (int i = 0; i < EVENTS; i++) {
            var set = Requests.changeSet(i % 2 == 0 ? SmallGuest.add(block) : SmallGuest.remove(block));
            http.send(
                    "POST",
                    "/machines/" + machine + "/hotplug-events",
                    set.toString(),
                    "Content-Type",
                    "application/json");
            if (i % 10 == 9) {
                http.send("DELETE", image, "", "Accept", "*/*");
                http.send("PUT", image, Requests.FILE_LOAD, "Content-Type", "application/json");
            }
        }
        return EVENTS;
    }
}
