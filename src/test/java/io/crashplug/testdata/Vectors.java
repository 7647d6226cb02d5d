package io.crashplug.testdata;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.Vmcoreinfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors on the class path under {@code /vectors}; README.md there says what their fields mean. */
public final class Vectors {

    /** Rules by variant. A variant that is not here, {@code mm}, is in no release and left out. */
    private static final Map<String, KernelProfile> PROFILES =
            Map.of("rfcv2", KernelProfile.RFC_V2, "v6.6", KernelProfile.LINUX_6_6, "v7.0", KernelProfile.LINUX_6_9);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Vectors() {}

    /** Single headers, of every variant but {@code mm}. */
    public static List<JsonNode> cases() {
        return ofProfiles("cases.json");
    }

    /** Loads followed by events, of every variant but {@code mm}. */
    public static List<JsonNode> sequences() {
        return ofProfiles("sequences.json");
    }

    /** Exclusions of one range from a list. */
    public static List<JsonNode> exclusions() {
        return read("exclude.json");
    }

    /** Segment lists, accepted and refused. */
    public static List<JsonNode> segmentLists() {
        return read("segments.json");
    }

    /** What a kernel configuration reserves for the header. */
    public static List<JsonNode> sizes() {
        return read("sizes.json");
    }

    private static List<JsonNode> ofProfiles(String name) {
        return read(name).stream()
                .filter(vector -> PROFILES.containsKey(text(vector, "variant")))
                .toList();
    }

    private static List<JsonNode> read(String name) {
        return JSON.readTree(bytes(name)).valueStream().toList();
    }

    /** The bytes of a file, unpacked if its name ends in {@code .gz}. */
    public static byte[] bytes(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no vector file " + name);
            }
            return name.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name a test of the vector goes by. */
    public static String title(JsonNode vector) {
        return text(vector, "id") + " " + text(vector, "variant") + ": " + text(vector, "desc");
    }

    public static KernelProfile profile(JsonNode vector) {
        return PROFILES.get(text(vector, "variant"));
    }

    /** What the header of a case, or of a sequence before its first step, is built from. */
    public static HeaderInputs inputs(JsonNode vector) {
        var notes = new HashMap<CpuId, Long>();
        vector.get("notes").forEach(note -> notes.put(new CpuId(note.get(0).intValue()), u64(note.get(1))));
        var vmcoreinfo = vector.get("vmcoreinfo");
        var text = vector.get("ktext");
        return new HeaderInputs(
                cpus(text(vector, "possible")),
                cpus(text(vector, "present")),
                new CrashNotes(notes),
                vector.get("notes_size").longValue(),
                new Vmcoreinfo(
                        u64(vmcoreinfo.get("paddr")), vmcoreinfo.get("size").longValue()),
                text.isNull()
                        ? null
                        : new KernelText(u64(text.get("vaddr")), u64(text.get("paddr")), u64(text.get("size"))),
                u64(vector.get("page_offset")),
                CrashMemory.of(systemRam(vector)),
                new CrashKernel(
                        range(vector.get("crashk")), range(vector.get("crashk_low")), ranges(vector.get("cma"))));
    }

    private static List<PhysicalRange> systemRam(JsonNode vector) {
        var ram = new ArrayList<>(ranges(vector.get("ram")));
        // [start, size, stride, count]
        vector.path("ram_runs").forEach(run -> {
            for (long i = 0; i < run.get(3).longValue(); i++) {
                ram.add(PhysicalRange.ofSize(u64(run.get(0)) + i * u64(run.get(2)), u64(run.get(1))));
            }
        });
        return ram;
    }

    /** A CPU list; the vectors write the empty one as {@code none}. */
    public static CpuSet cpus(String list) {
        return list.equals("none") ? CpuSet.NONE : CpuSet.parse(list);
    }

    public static List<PhysicalRange> ranges(JsonNode list) {
        return list.valueStream()
                .map(range -> new PhysicalRange(u64(range.get(0)), u64(range.get(1))))
                .toList();
    }

    /** A range that may be null, which stands for {0,0}, no reservation. */
    public static @Nullable PhysicalRange range(JsonNode range) {
        return range.isNull() ? null : new PhysicalRange(u64(range.get(0)), u64(range.get(1)));
    }

    /** An unsigned number, written {@code "0x.."} or as a number. */
    public static long u64(JsonNode number) {
        return number.isString() ? Long.parseUnsignedLong(number.stringValue().substring(2), 16) : number.longValue();
    }

    /** A field that must be text. */
    public static String text(JsonNode node, String field) {
        return node.get(field).stringValue();
    }
}
