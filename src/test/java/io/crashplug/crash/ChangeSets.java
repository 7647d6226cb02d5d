package io.crashplug.crash;

import io.crashplug.elfcore.PhysicalRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Makes up a client's change sets: most go well, some are refused. Memory is the client's own, CPUs are everybody's. */
final class ChangeSets {

    private static final long DIMM_BYTES = 128L << 20;
    private static final int DIMMS = 6;

    /** More than the smaller header has room for. */
    private static final int TOO_MANY = 80;

    private final long base;

    /** What the client believes is plugged, by machine. */
    private final Map<String, Set<Integer>> plugged = new HashMap<>();

    ChangeSets(int client) {
        this.base = client + 1L << 36;
    }

    /** The body of a request. */
    String next(Guest guest, String reason, Random random) {
        var changes = switch (random.nextInt(12)) {
            case 0 -> cpu(random);
            case 1 -> cpu(random) + ", " + several(guest, random);
            case 2, 3 -> several(guest, random);
            case 4 -> onlineOrOffline(guest, random);
            case 5 -> guest.hasSmallHeader() ? tooMany() : toggle(guest, random.nextInt(3));
            default -> toggle(guest, random.nextInt(3));
        };
        var whenTooLarge = random.nextInt(3) == 0
                        && !changes.contains("0x" + Long.toHexString(dimm(DIMMS).start()))
                ? "KEEP_STALE"
                : "REFUSE";
        return "{\"changes\": [%s], \"whenTooLarge\": \"%s\", \"reason\": \"%s\"}"
                .formatted(changes, whenTooLarge, reason);
    }

    private static String cpu(Random random) {
        var actions = new String[] {"ADD_CPU", "REMOVE_CPU", "ONLINE_CPU", "OFFLINE_CPU"};
        return "{\"action\": \"%s\", \"cpu\": %d}".formatted(actions[random.nextInt(4)], 1 + random.nextInt(7));
    }

    private String several(Guest guest, Random random) {
        return IntStream.rangeClosed(0, 1 + random.nextInt(2))
                .mapToObj(i -> toggle(guest, i + 3))
                .collect(Collectors.joining(", "));
    }

    /** Believes what the machine shows. */
    void learn(Guest guest, JsonNode machine) {
        var starts = machine.at("/memory/systemRam")
                .valueStream()
                .map(range -> range.get("start").stringValue())
                .collect(Collectors.toSet());
        plugged.put(
                guest.name(),
                IntStream.range(0, DIMMS)
                        .filter(dimm -> starts.contains(
                                "0x" + Long.toHexString(dimm(dimm).start())))
                        .boxed()
                        .collect(Collectors.toSet()));
    }

    /** Plugs a module, or unplugs it, as the client believes it can. */
    private String toggle(Guest guest, int dimm) {
        var mine = plugged.computeIfAbsent(guest.name(), name -> new HashSet<>());
        return memory(mine.remove(dimm) || !mine.add(dimm) ? "REMOVE_MEMORY" : "ADD_MEMORY", dimm(dimm));
    }

    private String onlineOrOffline(Guest guest, Random random) {
        var mine = plugged.getOrDefault(guest.name(), Set.of()).stream().findFirst();
        return memory(random.nextBoolean() ? "ONLINE_MEMORY" : "OFFLINE_MEMORY", dimm(mine.orElse(0)));
    }

    private String tooMany() {
        return Stream.iterate(DIMMS, dimm -> dimm + 2)
                .limit(TOO_MANY)
                .map(dimm -> memory("ADD_MEMORY", dimm(dimm)))
                .collect(Collectors.joining(", "));
    }

    private PhysicalRange dimm(int dimm) {
        return PhysicalRange.ofSize(base + dimm * DIMM_BYTES, DIMM_BYTES);
    }

    private static String memory(String action, PhysicalRange range) {
        return "{\"action\": \"%s\", \"range\": {\"start\": \"0x%x\", \"end\": \"0x%x\"}}"
                .formatted(action, range.start(), range.end());
    }
}
