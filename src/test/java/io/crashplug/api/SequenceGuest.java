package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The guest of one sequence of the vectors. What a step changes before its event, and the event, are one change set:
 *
 * <ul>
 *   <li>memory that appears or goes is added or removed, which raises the memory event
 *   <li>the event's CPU is added or removed; where it was present before, or stays so, it comes online or goes offline
 *   <li>a CPU that goes after it went offline is removed, which no handler hears of
 * </ul>
 */
final class SequenceGuest {

    private final JsonNode vector;
    private final List<ObjectNode> segments = new ArrayList<>();
    private HeaderInputs inputs;

    SequenceGuest(JsonNode vector) {
        this.vector = vector;
        inputs = Vectors.inputs(vector);
    }

    HeaderInputs inputs() {
        return inputs;
    }

    /** The segments that userspace hands over. */
    List<ObjectNode> segments() {
        return segments;
    }

    /** Makes the changes of a step and tells them as a change set; a load has none. */
    List<ObjectNode> changes(JsonNode step) {
        var operation = Vectors.text(step, "op");
        var changes = new ArrayList<ObjectNode>();
        for (var change : step.get("before")) {
            changes.addAll(changed(change.get(0).stringValue(), change.get(1), operation));
        }
        if (operation.startsWith("cpu_")) {
            var cpu = new CpuId(step.get("args").get(0).intValue());
            boolean plugged =
                    changes.stream().anyMatch(change -> change.path("cpu").intValue(-1) == cpu.number());
            if (!plugged) {
                changes.add(Requests.cpu(operation.equals("cpu_add") ? "ONLINE_CPU" : "OFFLINE_CPU", cpu));
            }
        }
        return changes;
    }

    private List<ObjectNode> changed(String what, JsonNode value, String operation) {
        return switch (what) {
            case "present" -> present(Vectors.cpus(value.stringValue()), operation);
            case "ram_add" -> {
                var ram = new ArrayList<>(inputs.systemRam().ranges());
                ram.add(Vectors.range(value));
                yield memory("ADD_MEMORY", Vectors.range(value), ram);
            }
            case "ram_del" -> {
                var ram = new ArrayList<>(inputs.systemRam().ranges());
                assertThat(ram.remove(Vectors.range(value))).isTrue();
                yield memory("REMOVE_MEMORY", Vectors.range(value), ram);
            }
            case "seg" -> {
                segments.add(Requests.segment(
                        Vectors.u64(value.get("mem")),
                        value.get("memsz").longValue(),
                        content(
                                Vectors.text(value, "content"),
                                value.get("bufsz").intValue())));
                yield List.of();
            }
            default -> throw new IllegalArgumentException(what);
        };
    }

    private List<ObjectNode> present(CpuSet present, String operation) {
        var changes = new ArrayList<ObjectNode>();
        present.minus(inputs.present()).stream()
                .forEach(cpu -> changes.add(Requests.cpu("ADD_CPU", cpu).put("online", operation.equals("cpu_add"))));
        inputs.present().minus(present).stream().forEach(cpu -> changes.add(Requests.cpu("REMOVE_CPU", cpu)));
        inputs = with(present, inputs.systemRam());
        return changes;
    }

    private List<ObjectNode> memory(String action, PhysicalRange range, List<PhysicalRange> after) {
        inputs = with(inputs.present(), CrashMemory.of(after));
        return List.of(Requests.memory(action, range));
    }

    private HeaderInputs with(CpuSet present, CrashMemory systemRam) {
        return new HeaderInputs(
                inputs.possible(),
                present,
                inputs.notes(),
                inputs.noteSizeBytes(),
                inputs.vmcoreinfo(),
                inputs.text(),
                inputs.pageOffset(),
                systemRam,
                inputs.crashKernel());
    }

    private byte[] content(String how, int length) {
        if (how.equals("elf")) {
            var build = (HeaderBuild.Built) ElfCoreHeader.build(Vectors.profile(vector), inputs);
            return Arrays.copyOf(build.header().bytes().toByteArray(), length);
        }
        var bytes = new byte[length];
        Arrays.fill(bytes, Integer.decode(how.substring("fill:".length())).byteValue());
        return bytes;
    }
}
