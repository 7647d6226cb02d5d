package io.crashplug.verification;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.intake.IomemListing;
import io.crashplug.machine.Cpus;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.Layout;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import io.crashplug.verification.Reason.Code;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recorded guest after one step, with what its recorded events say of its header.
 *
 * @param removedLast memory that the last removal took away
 * @param lags whether the header was not written since that removal was over
 * @param unlisted whether memory was plugged that the header was not written for
 * @param byUserspace whether kexec-tools built the header
 * @param presentAtLoad CPUs that were present when the image was loaded
 */
record RecordedGuest(
        RecordedStep step,
        @Nullable RecordedStep previous,
        List<PhysicalRange> removedLast,
        boolean lags,
        boolean unlisted,
        boolean byUserspace,
        CpuSet presentAtLoad) {

    private static final long BLOCK_BYTES = 128L << 20;
    private static final Pattern OFFLINE = Pattern.compile("memory(\\d+) .* state=offline ");

    /** Every step with a header, of every session. */
    static List<RecordedGuest> all() {
        return Recordings.SESSIONS.stream()
                .flatMap(session -> ofSession(session).stream())
                .toList();
    }

    static List<RecordedGuest> ofSession(String session) {
        var guests = new ArrayList<RecordedGuest>();
        RecordedGuest before = null;
        for (var step : Recordings.steps(session)) {
            before = before == null ? first(step) : before.next(step);
            if (step.hasHeader()) {
                guests.add(before);
            }
        }
        return guests;
    }

    private static RecordedGuest first(RecordedStep step) {
        return new RecordedGuest(step, null, List.of(), false, false, step.isUserspaceLoad(), step.present());
    }

    private RecordedGuest next(RecordedStep later) {
        var was = new RangeList(step.systemRam());
        var is = new RangeList(later.systemRam());
        var removed =
                was.ranges().stream().flatMap(it -> is.leaveOf(it).stream()).toList();
        var added = is.ranges().stream().flatMap(it -> was.leaveOf(it).stream()).toList();
        boolean load = later.isFileLoad() || later.isUserspaceLoad();
        boolean written = load || later.updates() > 0;
        return new RecordedGuest(
                later,
                step.hasHeader() ? step : null,
                removed.isEmpty() ? removedLast : removed,
                removed.isEmpty() ? lags && !written : true,
                !written && (unlisted || !added.isEmpty()),
                later.isUserspaceLoad() || byUserspace && !written,
                load ? later.present() : presentAtLoad);
    }

    boolean isKernelWithoutHotplug() {
        return step.name().startsWith("k61/");
    }

    HeaderBytes segment() {
        return HeaderBytes.of(step.segment());
    }

    /** What a load of the image by kexec_file_load gives now. */
    HeaderBytes loadedNow() {
        return ((HeaderBuild.Built) ElfCoreHeader.build(Recordings.profile(step.name()), step.inputs()))
                .header()
                .bytes();
    }

    /** The machine as an import of the guest's own texts gives it, in which all memory is online. */
    MachineFacts imported() {
        return facts(IomemListing.parse(step.text("iomem.txt")).systemRam());
    }

    /** The machine as it is where every change was reported. */
    MachineFacts reported() {
        var offline = OFFLINE.matcher(step.text("memory_blocks.txt"))
                .results()
                .map(block -> PhysicalRange.ofSize(Long.parseLong(block.group(1)) * BLOCK_BYTES, BLOCK_BYTES))
                .toList();
        return facts(IomemListing.parse(step.text("iomem.txt")).systemRam().stream()
                .map(ram -> InstalledRange.partlyOffline(
                        ram.range(),
                        offline.stream().filter(ram.range()::contains).toList(),
                        ram.device()))
                .toList());
    }

    private MachineFacts facts(List<InstalledRange> ram) {
        var cpus = new Cpus(step.possible(), step.present(), CpuSet.parse(step.text("cpu_online.txt")));
        return new MachineFacts(
                Recordings.profile(step.name()),
                Exactness.EXACT,
                new Layout(cpus, InstalledMemory.of(ram)),
                step.inputs(),
                removedLast,
                !isKernelWithoutHotplug());
    }

    /** What the events say of the header, whatever it is compared with. */
    Set<Code> departures() {
        var codes = EnumSet.noneOf(Code.class);
        if (byUserspace) {
            codes.add(Code.KEXEC_TOOLS_FORMAT);
        }
        boolean ofPresentCpus = byUserspace || isKernelWithoutHotplug();
        if (ofPresentCpus) {
            codes.add(Code.PRESENT_CPUS_ONLY);
        }
        if (ofPresentCpus && (lags || unlisted || !presentAtLoad.equals(step.present()))) {
            codes.add(Code.NOT_REWRITTEN);
        }
        if (!ofPresentCpus && lags) {
            codes.add(Code.KERNEL_REMOVAL_LAG);
        }
        if (!ofPresentCpus && unlisted) {
            codes.add(Code.NOT_ONLINE_YET);
        }
        return codes;
    }

    /** Whether the header is the one of a load at this moment. */
    boolean isAsLoadedNow() {
        var codes = departures();
        codes.remove(Code.PRESENT_CPUS_ONLY);
        return codes.isEmpty();
    }

    @Override
    public String toString() {
        return step.name();
    }
}
