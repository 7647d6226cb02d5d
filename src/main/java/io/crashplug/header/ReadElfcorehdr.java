package io.crashplug.header;

import io.crashplug.crashimage.LoadedImage;
import io.crashplug.crashimage.ReadCrashImage;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import org.springframework.stereotype.Service;

/** Reads the elfcorehdr that is in force. */
@Service
public class ReadElfcorehdr {

    private final ReadCrashImage images;

    ReadElfcorehdr(ReadCrashImage images) {
        this.images = images;
    }

    /** The header of the loaded image; not-found while none is loaded or no segment holds one. */
    public Elfcorehdr inForce(MachineRef ref) {
        return images.read(ref, ReadElfcorehdr::of);
    }

    private static Elfcorehdr of(LoadedImage loaded) {
        var header = loaded.image().header().orElseThrow(ReadElfcorehdr::noElfcorehdr);
        int index = loaded.armed().elfcorehdrIndex().orElseThrow(ReadElfcorehdr::noElfcorehdr);
        var machine = loaded.machine();
        var segment = loaded.armed().contents().get(index);
        return new Elfcorehdr(
                "%s-elfcorehdr-%d".formatted(machine.name(), header.revision()),
                SegmentContent.of(header.bytes(segment), header.elfszBytes()),
                header.phdrCount(),
                header.decode(segment).orElse(null),
                Descriptions.of(
                        machine.cpus().possible(),
                        machine.cpus().present(),
                        machine.crashNotes(),
                        machine.kernel().text()),
                segment,
                loaded.armed().segments().get(index).mem(),
                header);
    }

    private static ProblemException noElfcorehdr() {
        return Problem.of(ProblemType.NOT_FOUND, "unable to locate elfcorehdr segment")
                .toException();
    }
}
