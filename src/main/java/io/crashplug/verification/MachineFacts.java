package io.crashplug.verification;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.machine.Exactness;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.List;

/**
 * The machine that a dump is compared with.
 *
 * @param exactness unless EXACT, facts that disagree with the dump may be defaults and are taken from it
 * @param inputs what a header of the layout is built from
 * @param removedLast what the newest memory event took out, which the kernel lists until the next; may be empty
 * @param rewrites whether the kernel rewrites the header on memory events: it has crash hotplug, and the image in
 *     force, if there is one, was loaded with permission
 */
public record MachineFacts(
        KernelProfile profile,
        Exactness exactness,
        Layout layout,
        HeaderInputs inputs,
        List<PhysicalRange> removedLast,
        boolean rewrites) {

    public MachineFacts {
        removedLast = List.copyOf(removedLast);
    }

    /** The facts of a machine as it stands. */
    public static MachineFacts of(Machine machine, Layout layout, List<PhysicalRange> removedLast, boolean rewrites) {
        return new MachineFacts(
                machine.kernel().profile(),
                machine.exactness(),
                layout,
                machine.headerInputs(layout.cpus(), layout.memory().asListed()),
                removedLast,
                rewrites);
    }

    /** Whether a dump leaves all of the range out: the first MiB and the crash kernel's memory. */
    boolean isNeverListed(PhysicalRange range) {
        var reserved = inputs.crashKernel();
        var only = new HeaderInputs(
                CpuSet.NONE,
                CpuSet.NONE,
                CrashNotes.NONE,
                0,
                Vmcoreinfo.UNKNOWN,
                null,
                0,
                CrashMemory.of(List.of(range)),
                reserved);
        return ElfCoreHeader.build(profile, only) instanceof HeaderBuild.Built built
                && built.header().memoryRanges() == 0;
    }

    boolean isExact() {
        return exactness == Exactness.EXACT;
    }
}
