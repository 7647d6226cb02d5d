package io.crashplug.intake.web;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.intake.GuestFacts;
import io.crashplug.intake.GuestImport;
import io.crashplug.intake.GuestLayout;
import io.crashplug.intake.HeaderFacts;
import io.crashplug.intake.IomemListing;
import io.crashplug.intake.LayoutSource;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.machine.web.KernelTextJson;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a guest tells of itself, on the wire. All but iomem, and a new machine's name, may be left out. */
@Schema(name = "GuestBundle")
@SuppressWarnings("ArrayRecordComponent") // only ever read from JSON, never compared
record GuestBundle(
        @Schema(allowableValues = ImportSource.Name.GUEST, defaultValue = ImportSource.Name.GUEST) @Nullable
        String source,

        @Schema(description = "For a new machine", pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", example = "vm-17")
        @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Map<String, String> labels,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String description,

        @Schema(description = "Where left out, from sysfs and the release") @Nullable
        KernelProfile profile,

        @Schema(example = "6.12.95+deb12-amd64") @Nullable String kernelRelease,

        @Schema(description = "/proc/iomem as root reads it")
        String iomem,

        @Nullable CpuListsJson cpus,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "/sys/devices/system/cpu/cpuN/crash_notes and crash_notes_size")
        List<NoteJson> crashNotes,

        @Schema(
                example = "0x00000000043fa000 1024",
                description = "/sys/kernel/vmcoreinfo: address and size, both hexadecimal")
        @Nullable
        String vmcoreinfo,

        @Nullable HexAddress pageOffset,
        @Nullable KernelTextJson kernelText,

        @Schema(minimum = "0", description = "/sys/kernel/crash_elfcorehdr_size; 0: there is no such file") @Nullable
        Long crashElfcorehdrSizeBytes,

        @Schema(minimum = "0") @Nullable Integer nrCpusDefault,
        @Schema(minimum = "0") @Nullable Integer crashMaxMemoryRanges,

        @Schema(implementation = CrashHotplugJson.class) @Nullable
        JsonNode crashHotplug,

        @Schema(description = "/sys/kernel/kexec_crash_loaded") @Nullable
        Boolean kexecCrashLoaded,

        @Schema(
                format = "byte",
                description = "The present elfcorehdr, from its first byte; stands in for what is left out")
        byte @Nullable [] elfcorehdr)
        implements ImportDocument {

    /** What a listing and what else a client knows tell of a guest. */
    static GuestBundle ofListing(
            @Nullable String name,
            @Nullable KernelProfile profile,
            @Nullable String kernelRelease,
            @Nullable String possible,
            @Nullable String present,
            String iomem) {
        return new GuestBundle(
                null,
                InvalidField.required(name, "name"),
                Map.of(),
                "",
                profile,
                kernelRelease,
                iomem,
                possible == null && present == null ? null : new CpuListsJson(possible, present, null),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** CPU sets in list syntax. */
    @Schema(name = "GuestCpus")
    record CpuListsJson(
            @Nullable String possible,
            @Nullable String present,
            @Nullable String online) {

        CpuListsJson {
            read(possible, "possible");
            read(present, "present");
            read(online, "online");
        }

        private static @Nullable CpuSet read(@Nullable String list, String field) {
            return list == null ? null : InvalidField.reading(field, () -> CpuSet.parse(list));
        }
    }

    /** One CPU's notes. */
    @Schema(name = "GuestCrashNote")
    record NoteJson(
            Integer cpu,
            HexAddress address,
            @Schema(minimum = "0") @Nullable Long sizeBytes) {

        NoteJson {
            int number = InvalidField.required(cpu, "cpu");
            InvalidField.reading("cpu", () -> new CpuId(number));
            InvalidField.required(address, "address");
            InvalidField.between(0, Long.MAX_VALUE, sizeBytes, 0, "sizeBytes");
        }
    }

    /** Documents crashHotplug, whose absent and null values differ. */
    @Schema(
            name = "GuestCrashHotplug",
            description = "/sys/devices/system/{cpu,memory}/crash_hotplug; null where there is no such file")
    record CrashHotplugJson(@Nullable Boolean cpu, @Nullable Boolean memory) {}

    private static final Pattern VMCOREINFO =
            Pattern.compile("\\s*(?:0[xX])?([0-9a-fA-F]{1,16})\\s+(?:0[xX])?([0-9a-fA-F]{1,8})\\s*");

    GuestBundle {
        ImportSource.GUEST.require(source);
        if (name != null) {
            Descriptions.name(name);
        }
        labels = Descriptions.labels(labels);
        description = Descriptions.description(description);
        ImportFields.kernelRelease(kernelRelease);
        InvalidField.text(InvalidField.required(iomem, "iomem"), "", Integer.MAX_VALUE, "iomem");
        crashNotes = InvalidField.items(crashNotes, CpuId.MAX + 1, "crashNotes");
        InvalidField.between(0, Long.MAX_VALUE, crashElfcorehdrSizeBytes, 0, "crashElfcorehdrSizeBytes");
        InvalidField.between(0, Integer.MAX_VALUE, nrCpusDefault, 0, "nrCpusDefault");
        InvalidField.between(0, Integer.MAX_VALUE, crashMaxMemoryRanges, 0, "crashMaxMemoryRanges");
    }

    @Override
    public GuestImport.Result machine() {
        InvalidField.required(name, "name");
        return GuestImport.of(facts());
    }

    @Override
    public LayoutSource layout() {
        return new GuestLayout(facts());
    }

    /** The facts, read from their texts. */
    private GuestFacts facts() {
        var hotplug = crashHotplug == null || crashHotplug.isNull() ? null : crashHotplug;
        return new GuestFacts(
                name,
                labels,
                description,
                profile,
                kernelRelease == null ? "" : kernelRelease,
                InvalidField.reading("iomem", () -> IomemListing.parse(iomem)),
                cpus == null ? null : CpuListsJson.read(cpus.possible(), "cpus/possible"),
                cpus == null ? null : CpuListsJson.read(cpus.present(), "cpus/present"),
                cpus == null ? null : CpuListsJson.read(cpus.online(), "cpus/online"),
                notes(),
                noteSizeBytes(),
                vmcoreinfo == null ? null : readVmcoreinfo(vmcoreinfo),
                pageOffset == null ? null : pageOffset.value(),
                kernelText == null ? null : kernelText.text(),
                crashElfcorehdrSizeBytes,
                nrCpusDefault,
                crashMaxMemoryRanges,
                flag(hotplug, "cpu"),
                flag(hotplug, "memory"),
                crashHotplug != null,
                kexecCrashLoaded,
                elfcorehdr == null
                        ? null
                        : InvalidField.reading(
                                "elfcorehdr", () -> HeaderFacts.of(DecodedHeader.parse(HeaderBytes.of(elfcorehdr)))));
    }

    private Map<CpuId, Long> notes() {
        var notes = new HashMap<CpuId, Long>();
        for (int i = 0; i < crashNotes.size(); i++) {
            var note = crashNotes.get(i);
            if (notes.put(new CpuId(note.cpu()), note.address().value()) != null) {
                throw new InvalidField("crashNotes/%d/cpu".formatted(i), "CPU %d has two notes".formatted(note.cpu()));
            }
        }
        return notes;
    }

    private @Nullable Long noteSizeBytes() {
        Long size = null;
        for (int i = 0; i < crashNotes.size(); i++) {
            var next = crashNotes.get(i).sizeBytes();
            if (size != null && next != null && !size.equals(next)) {
                throw new InvalidField(
                        "crashNotes/%d/sizeBytes".formatted(i),
                        "a guest's notes are all of one size, not of %d and %d bytes".formatted(size, next));
            }
            size = next == null ? size : next;
        }
        return size;
    }

    private static Vmcoreinfo readVmcoreinfo(String text) {
        var numbers = VMCOREINFO.matcher(text);
        if (!numbers.matches()) {
            throw new InvalidField(
                    "vmcoreinfo", "vmcoreinfo is an address and a size in hexadecimal, as \"0x00000000043fa000 1024\"");
        }
        return new Vmcoreinfo(
                Long.parseUnsignedLong(numbers.group(1), 16), Long.parseUnsignedLong(numbers.group(2), 16));
    }

    private static @Nullable Boolean flag(@Nullable JsonNode hotplug, String field) {
        if (hotplug == null) {
            return null;
        }
        if (!hotplug.isObject()) {
            throw new InvalidField("crashHotplug", "crashHotplug is an object of cpu and memory");
        }
        for (var name : hotplug.propertyNames()) {
            if (!name.equals("cpu") && !name.equals("memory")) {
                throw new InvalidField("crashHotplug/" + name, "there is no field \"%s\" here".formatted(name));
            }
        }
        var flag = hotplug.get(field);
        if (flag == null || flag.isNull()) {
            return null;
        }
        if (!flag.isBoolean()) {
            throw new InvalidField("crashHotplug/" + field, "the value is not true or false");
        }
        return flag.booleanValue();
    }
}
