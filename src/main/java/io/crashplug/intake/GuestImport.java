package io.crashplug.intake;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.intake.Origin.From;
import io.crashplug.machine.Cpus;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.Kernel;
import io.crashplug.machine.Layout;
import io.crashplug.machine.NewMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a machine's facts from what its guest told, and says what it did not tell. */
public final class GuestImport {

    private final GuestFacts guest;
    private final @Nullable HeaderFacts header;
    private final List<String> missing = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    private GuestImport(GuestFacts guest) {
        this.guest = guest;
        this.header = guest.elfcorehdr();
    }

    /**
     * What an import found.
     *
     * @param missing names of the facts that were not told and have their default
     * @param origins where the parts of what is known come from
     */
    public record Result(NewMachine machine, List<String> missing, List<Origin> origins, List<Warning> warnings) {}

    /** Something an operator should know of an import; the code is for programs. */
    public record Warning(String code, String detail) {

        /** Of a device that a hypervisor names, and that is neither a DIMM nor virtio-mem. */
        public static Warning ofOtherDevice(String id, String model) {
            return OF_PERSISTENT_MEMORY.contains(model)
                    ? new Warning(
                            "persistent-memory",
                            "device \"%s\" is persistent memory, which is no System RAM unless the guest makes it so"
                                    .formatted(id))
                    : new Warning(
                            "unknown-device-type",
                            "device \"%s\" is of model %s, which is not known; it is left out".formatted(id, model));
        }
    }

    private static final Set<String> OF_PERSISTENT_MEMORY = Set.of("nvdimm", "virtio-pmem");

    /**
     * Sorts out what was told of a new machine, which has a name.
     *
     * @throws io.crashplug.problem.ProblemException if the layout is impossible
     */
    public static Result of(GuestFacts guest) {
        return new GuestImport(guest).result();
    }

    private Result result() {
        var cpus = cpus();
        warnings.addAll(guest.iomem().warnings());
        from(Origin.BOOT_MEMORY, guest.iomem().from());
        from(Origin.DEVICE_MEMORY, guest.iomem().from());
        var crashKernel = crashKernel();
        var notes = notes(cpus);
        var profile = profile();
        var vmcoreinfo = known(Origin.VMCOREINFO, guest.vmcoreinfo(), header == null ? null : header.vmcoreinfo());
        var pageOffset = known(Origin.PAGE_OFFSET, guest.pageOffset(), header == null ? null : header.pageOffset());
        var text = known(Origin.KERNEL_TEXT, guest.text(), header == null ? null : header.text());
        if (guest.text() == null && header != null && header.fromKexecTools()) {
            // kexec-tools rounds what it takes from /proc/kcore, so its text is only nearly the kernel's.
            missing.add(Origin.KERNEL_TEXT);
        }
        boolean exact = missing.isEmpty();
        var config = SegmentConfig.of(guest, missing);
        var kernel = Kernel.of(
                profile,
                guest.kernelRelease(),
                config,
                pageOffset == null ? Kernel.PAGE_OFFSET_4_LEVEL : pageOffset,
                text,
                vmcoreinfo,
                addressBits(pageOffset),
                null);
        warnOfImage();
        var machine = new NewMachine(
                Objects.requireNonNull(guest.name()),
                guest.labels(),
                guest.description(),
                kernel,
                new Layout(cpus, InstalledMemory.of(guest.iomem().systemRam())),
                notes,
                noteSizeBytes(),
                crashKernel,
                exact ? Exactness.EXACT : Exactness.RANGES_ONLY);
        return new Result(machine, List.copyOf(missing), List.copyOf(origins), List.copyOf(warnings));
    }

    private Cpus cpus() {
        var possible = guest.possible();
        var present = guest.present();
        if (possible == null || present == null) {
            missing.add("cpus");
        }
        if (possible == null) {
            possible = present != null
                    ? present
                    : CpuSet.first(
                            header == null ? 1 : Math.max(1, header.cpuNotes().size()));
            warn("possible-cpus-assumed", "the possible CPUs were not told; CPUs %s were taken".formatted(possible));
        }
        from(Origin.POSSIBLE_CPUS, guest.possible() != null ? From.SOURCE : From.DERIVED);
        from(Origin.PRESENT_CPUS, present != null ? From.SOURCE : From.DEFAULT);
        from(Origin.ONLINE_CPUS, guest.online() != null ? From.SOURCE : From.DEFAULT);
        present = present == null ? possible : present;
        return new Cpus(possible, present, guest.online() == null ? present : guest.online());
    }

    private CrashKernel crashKernel() {
        var told = guest.iomem().crashKernel();
        from(Origin.CRASH_KERNEL, told == null ? From.DEFAULT : guest.iomem().from());
        if (told == null) {
            missing.add(Origin.CRASH_KERNEL);
            warn("crash-kernel-unknown", "what is reserved for a crash kernel was not told; nothing was taken");
        } else if (told.high() == null) {
            warn("no-crash-kernel", "the guest has no memory reserved for a crash kernel");
        }
        return told == null ? CrashKernel.NONE : told;
    }

    private CrashNotes notes(Cpus cpus) {
        var notes = new TreeMap<CpuId, Long>();
        if (header != null) {
            var listed = header.notesOf(cpus.possible(), cpus.present());
            if (listed == null) {
                warn(
                        "notes-unattributed",
                        "the elfcorehdr has notes of %d CPUs, but %d are possible and %d present"
                                .formatted(
                                        header.cpuNotes().size(),
                                        cpus.possible().count(),
                                        cpus.present().count()));
            } else {
                notes.putAll(listed);
            }
        }
        warnWhereNotesDisagree(notes);
        notes.putAll(guest.notes());
        notes.keySet().removeIf(cpu -> !cpus.possible().contains(cpu));
        var found = new CrashNotes(notes);
        if (!found.given().containsAll(cpus.possible())) {
            missing.add(Origin.CRASH_NOTES);
        }
        from(
                Origin.CRASH_NOTES,
                !guest.notes().isEmpty() ? From.SOURCE : found.given().isEmpty() ? From.DEFAULT : From.ELFCOREHDR);
        return found;
    }

    private void warnWhereNotesDisagree(Map<CpuId, Long> listed) {
        guest.notes().forEach((cpu, address) -> {
            var other = listed.get(cpu);
            if (other != null && !other.equals(address)) {
                warn(
                        "header-disagrees",
                        "the notes of CPU %s are at 0x%x, but at 0x%x in the elfcorehdr; the former was taken"
                                .formatted(cpu, address, other));
            }
        });
    }

    private long noteSizeBytes() {
        if (guest.noteSizeBytes() != null) {
            return guest.noteSizeBytes();
        }
        return header == null
                ? CrashNotes.X86_64_SIZE_BYTES
                : header.noteSizeBytes().orElse(CrashNotes.X86_64_SIZE_BYTES);
    }

    private KernelProfile profile() {
        if (guest.profile() != null) {
            from(Origin.PROFILE, From.SOURCE);
            return guest.profile();
        }
        var sysfs = SysfsEvidence.of(guest);
        var release = guest.kernelRelease();
        boolean contradicts =
                sysfs == ProfileGuess.Sysfs.HAS_CRASH_HOTPLUG && ProfileGuess.isBeforeCrashHotplug(release);
        if (contradicts) {
            warn(
                    "release-contradicts-sysfs",
                    "release %s is older than crash hotplug, but sysfs has it: a backport".formatted(release));
        }
        var profile = ProfileGuess.of(sysfs, release);
        from(Origin.PROFILE, profile == null ? From.DEFAULT : From.DERIVED);
        if (profile == null) {
            missing.add("kernelRelease");
        }
        return profile == null ? KernelProfile.LINUX_6_9 : profile;
    }

    /** Direct maps below the 4-level one exist with 5-level paging only. */
    private int addressBits(@Nullable Long pageOffset) {
        boolean fiveLevels = pageOffset != null && Long.compareUnsigned(pageOffset, Kernel.PAGE_OFFSET_4_LEVEL) < 0;
        boolean high = guest.iomem().systemRam().stream()
                .anyMatch(ram -> ram.range().end() >>> Kernel.PHYSICAL_ADDRESS_BITS_4_LEVEL != 0);
        return fiveLevels || high ? Kernel.PHYSICAL_ADDRESS_BITS_5_LEVEL : Kernel.PHYSICAL_ADDRESS_BITS_4_LEVEL;
    }

    /** The fact that was told, or else the header's; what was told wins. */
    private <T> @Nullable T known(String name, @Nullable T told, @Nullable T ofHeader) {
        if (told == null && ofHeader == null) {
            missing.add(name);
        }
        from(name, told != null ? From.SOURCE : ofHeader != null ? From.ELFCOREHDR : From.DEFAULT);
        if (told != null && ofHeader != null && !told.equals(ofHeader)) {
            warn(
                    "header-disagrees",
                    "%s differs in the elfcorehdr; what was told apart from it was taken".formatted(name));
        }
        return told != null ? told : ofHeader;
    }

    private void warnOfImage() {
        if (header != null && header.fromKexecTools()) {
            warn(
                    "kexec-tools-header",
                    "userspace built the elfcorehdr: it lists present CPUs only, and its kernel text may be rounded");
        }
        if (header != null && Boolean.FALSE.equals(guest.kexecCrashLoaded())) {
            warn("image-unloaded", "no crash image is loaded; the elfcorehdr is one that was left behind");
        }
        if (Boolean.TRUE.equals(guest.kexecCrashLoaded())) {
            warn("image-not-imported", "the guest has a crash image loaded; load one here as the guest did");
        }
    }

    private void from(String part, From from) {
        origins.add(new Origin(part, from));
    }

    private void warn(String code, String detail) {
        warnings.add(new Warning(code, detail));
    }
}
