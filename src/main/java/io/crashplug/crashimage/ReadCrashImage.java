package io.crashplug.crashimage;

import io.crashplug.machine.FindMachines;
import io.crashplug.machine.MachineRef;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads loaded images. */
@Service
@Transactional(readOnly = true)
public class ReadCrashImage {

    private final FindMachines find;
    private final CrashImages images;

    ReadCrashImage(FindMachines find, CrashImages images) {
        this.find = find;
        this.images = images;
    }

    /** What {@code view} makes of the loaded image; not-found while none is loaded. */
    public <T> T read(MachineRef ref, Function<LoadedImage, T> view) {
        var machine = find.living(ref);
        var image = images.of(machine.id()).orElseThrow(NotLoaded::problem);
        return view.apply(new LoadedImage(
                machine, image, images.armed(image, machine.kernel().profile())));
    }
}
