package io.crashplug.capacity;

import io.crashplug.crashimage.CrashImages;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.machine.FindMachines;
import io.crashplug.machine.Layouts;
import io.crashplug.machine.Machine;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.NotBuildable;
import java.util.function.BiFunction;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads how much a machine can still grow, from its layout and image as they are at one moment. */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class ReadCapacity {

    private final FindMachines find;
    private final Layouts layouts;
    private final CrashImages images;

    ReadCapacity(FindMachines find, Layouts layouts, CrashImages images) {
        this.find = find;
        this.layouts = layouts;
        this.images = images;
    }

    /**
     * What {@code view} makes of the machine's capacity.
     *
     * @throws io.crashplug.problem.ProblemException elfcorehdr-not-buildable for a layout without a header
     */
    public <T> T read(MachineRef ref, BiFunction<Machine, Capacity, T> view) {
        var machine = find.living(ref);
        var segment = HeaderSegment.of(images.of(machine.id())
                .map(image -> new LoadedImage(
                        machine, image, images.armed(image, machine.kernel().profile()))));
        return view.apply(
                machine,
                Capacity.of(
                        growth(machine),
                        segment,
                        machine.kernel().config(),
                        machine.crashKernel().high() != null));
    }

    private HeaderGrowth growth(Machine machine) {
        var layout = layouts.of(machine);
        var profile = machine.kernel().profile();
        var build = ElfCoreHeader.build(
                profile, machine.headerInputs(layout.cpus(), layout.memory().asListed()));
        if (build instanceof HeaderBuild.NotBuildable failure) {
            throw NotBuildable.problem(failure.errno().name()).toException();
        }
        return new HeaderGrowth(
                profile,
                layout.cpus().possible().count(),
                layout.cpus().present().count(),
                ((HeaderBuild.Built) build).header());
    }
}
