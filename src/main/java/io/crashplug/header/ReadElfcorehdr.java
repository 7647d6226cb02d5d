package io.crashplug.header;

import io.crashplug.crashimage.LoadedImage;
import io.crashplug.crashimage.ReadCrashImage;
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
        return Elfcorehdr.of(
                loaded.machine(),
                header,
                loaded.armed().contents().get(index),
                loaded.armed().segments().get(index).mem());
    }

    private static ProblemException noElfcorehdr() {
        return Problem.of(ProblemType.NOT_FOUND, "unable to locate elfcorehdr segment")
                .toException();
    }
}
