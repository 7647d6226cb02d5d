package io.crashplug.crashimage;

import io.crashplug.elfcore.FileLoad;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import io.crashplug.problem.NotBuildable;
import java.util.Collections;
import java.util.List;

/** kexec_file_load: the kernel builds the header, sets its segment aside and places it. */
public record KernelLoader() implements ImageLoader {

    @Override
    public PreparedImage prepare(Machine machine, Layout layout, PhysicalRange crashKernel) {
        var kernel = machine.kernel();
        var load = FileLoad.load(
                kernel.profile(),
                kernel.config(),
                machine.headerInputs(layout.cpus(), layout.memory().asListed()),
                crashKernel,
                kernel.physicalAddressBits(),
                kernel.totalRamPages(layout));
        if (load instanceof FileLoad.NotBuildable failure) {
            throw NotBuildable.problem(failure.errno().name()).toException();
        }
        if (load instanceof FileLoad.Refused refused) {
            throw ImageLoader.refused(refused.refusal());
        }
        var loaded = (FileLoad.Loaded) load;
        var header = loaded.header();
        return new PreparedImage(
                loaded.image(),
                List.of(),
                Collections.singletonList(null),
                loaded.elfHeadersSizeBytes(),
                loaded.image().knownIndex(),
                new PreparedImage.PreparedHeader(
                        machine.generation(),
                        header.elfsz(),
                        header.phdrCount(),
                        header.bytes().sha256(),
                        header.builtFrom()));
    }
}
