package io.crashplug.testdata;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.Vmcoreinfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A guest as it stood after one event.
 *
 * @param directory the files of the step
 */
public record RecordedStep(Path directory) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern IOMEM_LINE = Pattern.compile(" *([0-9a-f]+)-([0-9a-f]+) : (.*)");

    /** Session and step, such as {@code k61/01-kexec-s}. */
    public String name() {
        return directory.getParent().getFileName() + "/" + directory.getFileName();
    }

    /** What happened, such as {@code cpu-add}. */
    public String event() {
        return meta().get("event").stringValue();
    }

    /** A file of the step as text. */
    public String text(String file) {
        return new String(bytes(file));
    }

    private byte[] bytes(String file) {
        try {
            return Files.readAllBytes(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode meta() {
        return JSON.readTree(bytes("meta.json"));
    }

    /** Whether a crash image was loaded. */
    public boolean hasHeader() {
        return meta().has("elfcorehdr_paddr");
    }

    /** Whether this step loaded the image with kexec_file_load, so that the kernel itself built the header. */
    public boolean isFileLoad() {
        return event().startsWith("kexec-s");
    }

    /** Whether this step loaded the image with kexec_load, so that kexec-tools built the header. */
    public boolean isUserspaceLoad() {
        return event().startsWith("kexec-c");
    }

    /** How often the kernel said that it had rewritten the header. */
    public int updates() {
        return text("dmesg-new.txt").split("updated elfcorehdr", -1).length - 1;
    }

    /** The header's segment up to its last page that is not all zero. */
    public byte[] head() {
        return bytes("elfcorehdr.head.bin");
    }

    /** The head of /proc/vmcore after the session's panic; not there where it had none. */
    public Path vmcoreHead() {
        return directory.resolveSibling("panic").resolve("vmcore-head.bin");
    }

    /** The header's whole segment. */
    public byte[] segment() {
        return Arrays.copyOf(head(), segmentSizeBytes());
    }

    public int segmentSizeBytes() {
        return meta().get("elfcorehdr_segment_size").intValue();
    }

    public long segmentAddress() {
        return Vectors.u64(meta().get("elfcorehdr_paddr"));
    }

    /** System RAM by /proc/iomem, wherever in the tree it stands. */
    public List<PhysicalRange> systemRam() {
        return iomem("System RAM( \\(.*\\))?");
    }

    /** The one reservation for the capture kernel. */
    public PhysicalRange crashKernel() {
        var reserved = iomem("Crash kernel");
        if (reserved.size() != 1) {
            throw new IllegalStateException("%s has %d reservations".formatted(name(), reserved.size()));
        }
        return reserved.get(0);
    }

    private List<PhysicalRange> iomem(String label) {
        return text("iomem.txt")
                .lines()
                .map(IOMEM_LINE::matcher)
                .filter(line -> line.matches() && line.group(3).matches(label))
                .map(line -> new PhysicalRange(Long.parseLong(line.group(1), 16), Long.parseLong(line.group(2), 16)))
                .toList();
    }

    /** Where every possible CPU's notes lie, computed from what stood in guest memory. */
    public CrashNotes notes() {
        var kernel = kernelVariables();
        long ofCpu0 = Vectors.u64(kernel.get("crash_notes")) - pageOffset();
        var notes = new HashMap<CpuId, Long>();
        for (var cpu : possible().stream().toList()) {
            notes.put(cpu, Vectors.u64(kernel.get("__per_cpu_offset").get(cpu.number())) + ofCpu0);
        }
        return new CrashNotes(notes);
    }

    public CpuSet possible() {
        return CpuSet.parse(text("cpu_possible.txt"));
    }

    public CpuSet present() {
        return CpuSet.parse(text("cpu_present.txt"));
    }

    public Vmcoreinfo vmcoreinfo() {
        var fields = text("vmcoreinfo.txt").strip().split(" ");
        return new Vmcoreinfo(Long.decode(fields[0]), Long.parseLong(fields[1], 16));
    }

    public KernelText kernelText() {
        var kernel = kernelVariables();
        long text = symbol("_text");
        long physical = text - KernelText.START_KERNEL_MAP + Vectors.u64(kernel.get("phys_base"));
        return new KernelText(text, physical, symbol("_end") - text);
    }

    private long symbol(String name) {
        return text("kallsyms.txt")
                .lines()
                .map(line -> line.split(" "))
                .filter(line -> line[2].equals(name))
                .mapToLong(line -> Long.parseUnsignedLong(line[0], 16))
                .findFirst()
                .orElseThrow();
    }

    public long pageOffset() {
        return Vectors.u64(kernelVariables().get("page_offset_base"));
    }

    private JsonNode kernelVariables() {
        return JSON.readTree(bytes("host-read-kernel-vars.json"));
    }

    /** What a header of the guest as it stands would be built from. */
    public HeaderInputs inputs() {
        return inputs(systemRam());
    }

    /** As {@link #inputs()}, with other System RAM. */
    public HeaderInputs inputs(List<PhysicalRange> systemRam) {
        return new HeaderInputs(
                possible(),
                present(),
                notes(),
                CrashNotes.X86_64_SIZE_BYTES,
                vmcoreinfo(),
                kernelText(),
                pageOffset(),
                CrashMemory.of(systemRam),
                new CrashKernel(crashKernel(), null, List.of()));
    }

    @Override
    public String toString() {
        return name();
    }
}
