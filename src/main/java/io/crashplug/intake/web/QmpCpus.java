package io.crashplug.intake.web;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.intake.GuestImport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The CPUs that QEMU tells of. It numbers them as its slots lie, by socket, die, module, core and thread; Linux numbers those first
 * that it boots with, which is the same as long as they are plugged in that order.
 */
final class QmpCpus {

    private static final int MOST = CpuId.MAX + 1;
    private static final List<String> PLACES = List.of("socket-id", "die-id", "module-id", "core-id", "thread-id");

    private final @Nullable List<JsonFields> slots;
    private final @Nullable List<JsonFields> running;
    private final List<GuestImport.Warning> warnings;

    /**
     * @param slots those of query-hotpluggable-cpus; null if that was not asked
     * @param running those of query-cpus-fast; null if that was not asked
     */
    QmpCpus(@Nullable List<JsonFields> slots, @Nullable List<JsonFields> running, List<GuestImport.Warning> warnings) {
        // A machine that has no slots does not tell by them which CPUs it has.
        this.slots = slots == null || slots.isEmpty() ? null : slots;
        this.running = running;
        this.warnings = warnings;
    }

    /** One CPU for each that a slot has, or may have. */
    @Nullable
    CpuSet possible() {
        if (slots == null) {
            return null;
        }
        long all = 0;
        for (var slot : slots) {
            all += slot.numberOr("vcpus-count", 1, MOST);
            if (all > MOST) {
                throw slot.invalid("vcpus-count", "there are more than %d CPUs".formatted(MOST));
            }
        }
        return CpuSet.first((int) all);
    }

    @Nullable
    CpuSet present() {
        var present = running != null ? ofRunning(running) : slots == null ? null : ofSlots(slots);
        if (present != null && !present.equals(CpuSet.first(present.count()))) {
            warnings.add(new GuestImport.Warning(
                    "cpu-numbers-assumed",
                    "the numbers of QEMU were taken for those of CPUs; Linux numbers those first that it boots with"));
        }
        return present;
    }

    private static CpuSet ofRunning(List<JsonFields> cpus) {
        return CpuSet.of(cpus.stream()
                .map(cpu -> new CpuId((int) cpu.number("cpu-index", 0, CpuId.MAX)))
                .toList());
    }

    private static CpuSet ofSlots(List<JsonFields> slots) {
        var ordered =
                slots.stream().sorted(Comparator.comparing(QmpCpus::place)).toList();
        var present = new ArrayList<CpuId>();
        int next = 0;
        for (var slot : ordered) {
            int end = next + (int) slot.numberOr("vcpus-count", 1, MOST);
            for (; next < end; next++) {
                if (slot.has("qom-path")) {
                    present.add(new CpuId(next));
                }
            }
        }
        return CpuSet.of(present);
    }

    /** A text that sorts as the place does. */
    private static String place(JsonFields slot) {
        var props = slot.object("props");
        var place = new StringBuilder();
        PLACES.forEach(name -> place.append("%08d".formatted(props.numberOr(name, 0, MOST))));
        return place.toString();
    }
}
