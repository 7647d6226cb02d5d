package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A machine's layout as its history tells it: what every entry did, and that each begins where the one before ended. */
final class Model {

    private TreeMap<Integer, Boolean> onlineByCpu = new TreeMap<>();
    private Map<String, String> onlineByRange = new HashMap<>();
    private long sequence;
    private long generation = 1;
    private long revision;
    private String sha256 = "";

    Model() {
        Guest.CPUS.forEach(cpu -> onlineByCpu.put(cpu, true));
        Guest.MEMORY.forEach(range -> onlineByRange.put(String.join("-", range), "true"));
    }

    long generation() {
        return generation;
    }

    /** The number of the newest revision. */
    long revision() {
        return revision;
    }

    /** The SHA-256 of the header in force, in hexadecimal. */
    String sha256() {
        return sha256;
    }

    /** Takes the next entry. */
    void follow(JsonNode entry) {
        assertThat(entry.get("sequence").longValue()).isEqualTo(++sequence);
        var outcome = entry.get("outcome").stringValue();
        boolean layoutChanges = !outcome.equals("REFUSED") && change(entry.get("changes"));
        assertThat(entry.at("/generation/before").longValue())
                .as(entry::toString)
                .isEqualTo(generation);
        generation += layoutChanges ? 1 : 0;
        assertThat(entry.at("/generation/after").longValue())
                .as(entry::toString)
                .isEqualTo(generation);
        var header = entry.get("header");
        if (header.isNull()) {
            assertThat(outcome).isNotIn("LOADED", "REBUILT");
            return;
        }
        if (!outcome.equals("LOADED")) {
            assertThat(header.get("sha256Before").stringValue())
                    .as(entry::toString)
                    .isEqualTo(sha256);
        }
        if (outcome.equals("LOADED") || outcome.equals("REBUILT")) {
            revision++;
            sha256 = header.get("sha256After").stringValue();
        }
        assertThat(header.get("revision").longValue()).as(entry::toString).isEqualTo(revision);
        assertThat(header.get("sha256After").stringValue()).as(entry::toString).isEqualTo(sha256);
    }

    /** Whether the layout is another one afterwards. */
    private boolean change(JsonNode changes) {
        var cpus = new TreeMap<>(onlineByCpu);
        var ranges = new HashMap<>(onlineByRange);
        for (var change : changes) {
            int cpu = change.path("cpu").asInt(-1);
            var range = change.at("/range/start").asString() + "-"
                    + change.at("/range/end").asString();
            switch (change.get("action").stringValue()) {
                case "ADD_CPU" -> assertThat(cpus.put(cpu, true)).isNull();
                case "REMOVE_CPU" -> assertThat(cpus.remove(cpu)).isNotNull();
                case "ONLINE_CPU" -> assertThat(cpus.replace(cpu, true)).isFalse();
                case "OFFLINE_CPU" -> assertThat(cpus.replace(cpu, false)).isTrue();
                case "ADD_MEMORY" -> assertThat(ranges.put(range, "true")).isNull();
                case "REMOVE_MEMORY" -> assertThat(ranges.remove(range)).isNotNull();
                case "ONLINE_MEMORY" ->
                    assertThat(ranges.replace(range, "true")).isEqualTo("false");
                case "OFFLINE_MEMORY" ->
                    assertThat(ranges.replace(range, "false")).isEqualTo("true");
                default -> throw new AssertionError(change);
            }
        }
        boolean differs = !cpus.equals(onlineByCpu) || !ranges.equals(onlineByRange);
        onlineByCpu = cpus;
        onlineByRange = ranges;
        return differs;
    }

    /** Compares with what the service tells of the machine. */
    void assertIs(JsonNode machine) {
        assertThat(machine.get("generation").longValue()).isEqualTo(generation);
        assertThat(cpus(machine.at("/cpus/present").stringValue())).isEqualTo(onlineByCpu.keySet());
        assertThat(cpus(machine.at("/cpus/online").stringValue()))
                .isEqualTo(
                        onlineByCpu.keySet().stream().filter(onlineByCpu::get).collect(Collectors.toSet()));
        var ranges = machine.at("/memory/systemRam")
                .valueStream()
                .collect(Collectors.toMap(
                        range -> range.get("start").stringValue() + "-"
                                + range.get("end").stringValue(),
                        range -> range.get("online").asString()));
        assertThat(ranges).isEqualTo(onlineByRange);
    }

    /** The numbers of a list such as 0-3,7. */
    private static TreeSet<Integer> cpus(String list) {
        return Stream.of(list.split(","))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("-"))
                .flatMapToInt(ends ->
                        IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
