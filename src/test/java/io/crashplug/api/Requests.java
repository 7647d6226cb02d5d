package io.crashplug.api;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelConfig;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.PhysicalRange;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that tests send. */
final class Requests {

    /** Loads an image as kexec_file_load does. */
    static final String FILE_LOAD = "{\"loadPath\": \"KEXEC_FILE_LOAD\"}";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Requests() {}

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    static ObjectNode range(PhysicalRange range) {
        return JSON.objectNode().put("start", hex(range.start())).put("end", hex(range.end()));
    }

    private static JsonNode orNull(@Nullable PhysicalRange range) {
        return range == null ? JSON.nullNode() : range(range);
    }

    private static JsonNode ranges(Collection<PhysicalRange> ranges) {
        var array = JSON.arrayNode();
        ranges.forEach(range -> array.add(range(range)));
        return array;
    }

    /** The kernel, CPUs and memory of a machine on which a header is built from these inputs. */
    static ObjectNode guest(KernelProfile profile, KernelConfig config, HeaderInputs inputs) {
        var kernel = JSON.objectNode()
                .put("profile", profile.name())
                .put("nrCpusDefault", config.nrCpusDefault())
                .put("crashMaxMemoryRanges", config.crashMaxMemoryRanges())
                .put("memoryHotplug", config.memoryHotplug())
                .put("elfcorehdrSizeBytes", config.elfcorehdrSizeBytes())
                .put("pageOffset", hex(inputs.pageOffset()))
                .put("physicalAddressBits", addressBits(inputs))
                .put("totalRamPages", 1L << 24);
        var text = inputs.text();
        if (text != null) {
            kernel.putObject("text")
                    .put("physicalAddress", hex(text.physicalAddress()))
                    .put("virtualAddress", hex(text.virtualAddress()))
                    .put("sizeBytes", text.sizeBytes());
        }
        var cpus = JSON.objectNode()
                .put("possible", inputs.possible().toString())
                .put("present", inputs.present().toString())
                .put("crashNoteSizeBytes", inputs.noteSizeBytes())
                .set("crashNotes", notes(inputs));
        var memory = JSON.objectNode()
                .set("systemRam", ranges(inputs.systemRam().ranges()))
                .set("crashKernel", orNull(inputs.crashKernel().high()))
                .set("crashKernelLow", orNull(inputs.crashKernel().low()))
                .set("crashKernelCma", ranges(inputs.crashKernel().cma()));
        memory.putObject("vmcoreinfo")
                .put("address", hex(inputs.vmcoreinfo().address()))
                .put("sizeBytes", inputs.vmcoreinfo().sizeBytes());
        return JSON.objectNode().set("kernel", kernel).set("cpus", cpus).set("memory", memory);
    }

    private static int addressBits(HeaderInputs inputs) {
        boolean wide = inputs.systemRam().ranges().stream().anyMatch(range -> range.end() >>> 46 != 0);
        return wide ? 52 : 46;
    }

    private static JsonNode notes(HeaderInputs inputs) {
        var notes = JSON.arrayNode();
        inputs.possible().stream()
                .forEach(cpu -> notes.add(note(cpu, inputs.notes().addressOf(cpu))));
        return notes;
    }

    static ObjectNode note(CpuId cpu, long address) {
        return JSON.objectNode().put("cpu", cpu.number()).put("address", hex(address));
    }

    /** A change of one CPU, such as {@code ADD_CPU}. */
    static ObjectNode cpu(String action, CpuId cpu) {
        return JSON.objectNode().put("action", action).put("cpu", cpu.number());
    }

    /** A change of one range of memory, such as {@code ADD_MEMORY}. */
    static ObjectNode memory(String action, PhysicalRange range) {
        return JSON.objectNode().put("action", action).set("range", range(range));
    }

    static ObjectNode changeSet(Collection<? extends JsonNode> changes) {
        var array = JSON.arrayNode();
        changes.forEach(array::add);
        return JSON.objectNode().set("changes", array);
    }

    static ObjectNode changeSet(JsonNode... changes) {
        return changeSet(List.of(changes));
    }

    /** A segment handed over with all of its bytes. */
    static ObjectNode segment(long mem, long memsz, byte[] content) {
        return segment(mem, memsz, (long) content.length).put("content", content);
    }

    /** A segment handed over without its bytes. */
    static ObjectNode segment(long mem, long memsz, long bufsz) {
        return JSON.objectNode()
                .put("mem", hex(mem))
                .put("memszBytes", unsigned(memsz))
                .put("bufszBytes", unsigned(bufsz));
    }

    private static java.math.BigInteger unsigned(long number) {
        return new java.math.BigInteger(Long.toUnsignedString(number));
    }

    /** Loads an image as kexec_load does. */
    static ObjectNode userspaceLoad(List<String> flags, List<ObjectNode> segments) {
        var load = JSON.objectNode().put("loadPath", "KEXEC_LOAD");
        flags.forEach(load.putArray("flags")::add);
        load.putArray("segments").addAll(segments);
        return load;
    }
}
