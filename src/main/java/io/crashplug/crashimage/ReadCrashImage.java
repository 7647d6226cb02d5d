package io.crashplug.crashimage;

import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.FindMachines;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads loaded images, each as it was at one moment: an event may rewrite the bytes between two queries. */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
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

    /**
     * What {@code view} makes of the stored bytes of a segment: all of the elfcorehdr's memory, or of another segment
     * what was handed over.
     *
     * @throws io.crashplug.problem.ProblemException not-found without an image, a segment of that index, or all of its
     *     bytes
     */
    public <T> T content(MachineRef ref, int index, BiFunction<LoadedImage, SegmentContent, T> view) {
        return read(ref, loaded -> {
            var segments = loaded.image().segments();
            if (index < 0 || index >= segments.size()) {
                throw Problem.of(ProblemType.NOT_FOUND, "the image has no segment %d".formatted(index))
                        .toException();
            }
            boolean elfcorehdr = loaded.armed().elfcorehdrIndex().orElse(-1) == index;
            var content = images.content(loaded.image(), index);
            if (!content.isComplete()) {
                throw Problem.of(ProblemType.NOT_FOUND, "the bytes of segment %d are not all known".formatted(index))
                        .toException();
            }
            return view.apply(
                    loaded,
                    elfcorehdr
                            ? content
                            : SegmentContent.of(
                                    content.known(), segments.get(index).bufszBytes()));
        });
    }
}
