package io.crashplug.scale;

import java.util.Random;
import java.util.function.BiFunction;

/** What is read of a fleet, each a page of a list or one machine. */
enum Read {
    MACHINE_BY_NAME("GET machine by name", (fleet, random) -> "/machines/" + fleet.any(random)),
    MACHINES("GET machines, first page", (fleet, random) -> "/machines"),
    MACHINES_DEEP("  page in the middle", (fleet, random) -> "/machines?pageToken=" + Fleet.after(fleet.middle())),
    MACHINES_RARE_LABEL("  label=host=h3", (fleet, random) -> "/machines?label=host%3Dh3"),
    MACHINES_FREQUENT_LABEL("  label=env=prod", (fleet, random) -> "/machines?label=env%3Dprod"),
    MACHINES_FREQUENT_LABEL_DEEP(
            "  label=env=prod, page in the middle",
            (fleet, random) -> "/machines?label=env%3Dprod&pageToken=" + Fleet.after(fleet.middle())),
    MACHINES_CONDITION("  condition=KdumpReady=False", (fleet, random) -> "/machines?condition=KdumpReady%3DFalse"),
    MACHINES_REASON(
            "  condition=HeaderCurrent=False:KernelRemovalLag",
            (fleet, random) -> "/machines?condition=HeaderCurrent%3DFalse:KernelRemovalLag"),
    MACHINES_BOTH(
            "  label=host=h3, condition=HeaderCurrent=True",
            (fleet, random) -> "/machines?label=host%3Dh3&condition=HeaderCurrent%3DTrue"),
    MACHINES_NAME("  name=vm-0000", (fleet, random) -> "/machines?name=vm-0000"),
    MACHINES_EVERY_NAME("  name=vm-", (fleet, random) -> "/machines?name=vm-"),
    HISTORY("GET hotplug-events, first page", (fleet, random) -> events("")),
    HISTORY_DEEP("  page in the middle", (fleet, random) -> events("pageToken=" + Fleet.after(fleet.history() / 2))),
    HISTORY_ASCENDING(
            "  order=asc, page in the middle",
            (fleet, random) -> events("order=asc&pageToken=" + Fleet.after(fleet.history() / 2))),
    HISTORY_OUTCOME("  outcome=LOADED (one, the oldest)", (fleet, random) -> events("outcome=LOADED")),
    HISTORY_ACTION("  action=ONLINE_CPU (none)", (fleet, random) -> events("action=ONLINE_CPU")),
    HISTORY_FREQUENT_ACTION("  action=ADD_CPU", (fleet, random) -> events("action=ADD_CPU")),
    HISTORY_ACTOR("  actor=nobody (none)", (fleet, random) -> events("actor=nobody")),
    HISTORY_UNTIL("  until=2020 (none)", (fleet, random) -> events("until=2020-01-01T00:00:00Z")),
    HISTORY_SINCE(
            "  outcome, action, since, order=asc",
            (fleet, random) -> events("since=2021-01-01T00:00:00Z&outcome=REBUILT&action=ADD_MEMORY&order=asc")),
    FEED("GET events, first page", (fleet, random) -> "/events"),
    FEED_TYPE("  type=verification.failed (none)", (fleet, random) -> "/events?type=verification.failed"),
    REVISIONS("GET revisions, first page", (fleet, random) -> revisions("")),
    REVISIONS_DEEP(
            "  page in the middle", (fleet, random) -> revisions("pageToken=" + Fleet.after(fleet.history() / 4)));

    private final String title;
    private final BiFunction<Fleet, Random, String> path;

    Read(String title, BiFunction<Fleet, Random, String> path) {
        this.title = title;
        this.path = path;
    }

    String title() {
        return title;
    }

    String path(Fleet fleet, Random random) {
        return path.apply(fleet, random);
    }

    private static String events(String query) {
        return "/machines/%s/hotplug-events?%s".formatted(Fleet.LONG, query);
    }

    private static String revisions(String query) {
        return "/machines/%s/elfcorehdr/revisions?%s".formatted(Fleet.LONG, query);
    }
}
