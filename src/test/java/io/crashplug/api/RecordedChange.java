package io.crashplug.api;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What happened to a recorded guest from one step to the next, as an orchestrator would report it. */
final class RecordedChange {

    private static final long BLOCK_BYTES = 128L << 20;
    private static final Pattern BLOCK = Pattern.compile("memory(\\d+) .* state=(\\w+) ");

    private RecordedChange() {}

    /** The change set; none of a load. */
    static ObjectNode of(RecordedStep before, RecordedStep after) {
        return Requests.changeSet(changes(before, after));
    }

    /** What kexec-tools handed over. */
    static ObjectNode userspaceLoad(RecordedStep step) {
        var flags = step.event().endsWith("-hotplug")
                ? List.of("KEXEC_ON_CRASH", "KEXEC_UPDATE_ELFCOREHDR")
                : List.of("KEXEC_ON_CRASH");
        var segment = Requests.segment(step.segmentAddress(), step.segmentSizeBytes(), step.head());
        return Requests.userspaceLoad(flags, List.of(segment));
    }

    /** Whether memory was taken away that the kernel's handler still found in /proc/iomem. */
    static boolean leavesRemovedMemoryListed(RecordedStep before, RecordedStep after) {
        return sizeBytes(after) < sizeBytes(before);
    }

    private static List<ObjectNode> changes(RecordedStep before, RecordedStep after) {
        var event = after.event();
        var online = cpus(after, "online");
        if (event.startsWith("cpu-add")) {
            return after.present().minus(before.present()).stream()
                    .map(cpu -> Requests.cpu("ADD_CPU", cpu).put("online", online.contains(cpu)))
                    .toList();
        }
        if (event.startsWith("cpu-del")) {
            return each("REMOVE_CPU", before.present().minus(after.present()));
        }
        if (event.startsWith("cpu-offline")) {
            return each("OFFLINE_CPU", cpus(before, "online").minus(online));
        }
        if (event.startsWith("cpu-online")) {
            return each("ONLINE_CPU", online.minus(cpus(before, "online")));
        }
        if (event.startsWith("dimm-add")) {
            return List.of(dimmAdded(after));
        }
        if (event.startsWith("dimm-del")) {
            var id = after.meta().get("detail").get("id").stringValue();
            var removal = JsonNodeFactory.instance.objectNode().put("action", "REMOVE_MEMORY");
            return List.of(removal.put("deviceId", id).put("stillListed", true));
        }
        if (event.startsWith("requested-")) {
            return List.of(virtioMemResized(before, after));
        }
        var changes = new ArrayList<>(blocks("ONLINE_MEMORY", before, after));
        changes.addAll(blocks("OFFLINE_MEMORY", after, before));
        return changes;
    }

    private static List<ObjectNode> each(String action, CpuSet cpus) {
        return cpus.stream().map((CpuId cpu) -> Requests.cpu(action, cpu)).toList();
    }

    private static CpuSet cpus(RecordedStep step, String which) {
        return CpuSet.parse(step.text("cpu_%s.txt".formatted(which)));
    }

    private static ObjectNode dimmAdded(RecordedStep step) {
        var detail = step.meta().get("detail");
        var range = PhysicalRange.ofSize(
                Vectors.u64(detail.get("addr")), detail.get("size").longValue());
        var added =
                Requests.memory("ADD_MEMORY", range).put("online", !step.event().endsWith("-offline"));
        added.putObject("device").put("type", "DIMM").put("id", detail.get("id").stringValue());
        return added;
    }

    /** The device grows at its end, and gives block after block back from there until the lowest one. */
    private static ObjectNode virtioMemResized(RecordedStep before, RecordedStep after) {
        long start = 0x1_0000_0000L;
        long was = virtioMemBytes(before);
        long is = virtioMemBytes(after);
        if (is > was) {
            var added = Requests.memory("ADD_MEMORY", PhysicalRange.ofSize(start + was, is - was));
            added.putObject("device").put("type", "VIRTIO_MEM").put("id", "virtio0");
            return added;
        }
        var removed = Requests.memory("REMOVE_MEMORY", PhysicalRange.ofSize(start + is, was - is));
        return removed.set("stillListed", Requests.range(PhysicalRange.ofSize(start + is, BLOCK_BYTES)));
    }

    private static long virtioMemBytes(RecordedStep step) {
        return step.event().startsWith("requested-")
                ? step.meta().get("detail").get("size").longValue()
                : 0;
    }

    /** A change of each memory block that is online in one step and not in the other. */
    private static List<ObjectNode> blocks(String action, RecordedStep offline, RecordedStep online) {
        var blocks = onlineBlocks(online);
        blocks.removeAll(onlineBlocks(offline));
        return blocks.stream()
                .sorted()
                .map(block -> Requests.memory(action, PhysicalRange.ofSize(block * BLOCK_BYTES, BLOCK_BYTES)))
                .toList();
    }

    private static Set<Long> onlineBlocks(RecordedStep step) {
        return BLOCK.matcher(step.text("memory_blocks.txt"))
                .results()
                .filter(block -> block.group(2).equals("online"))
                .map((MatchResult block) -> Long.valueOf(block.group(1)))
                .collect(Collectors.toSet());
    }

    private static long sizeBytes(RecordedStep step) {
        return step.systemRam().stream().mapToLong(PhysicalRange::sizeBytes).sum();
    }
}
