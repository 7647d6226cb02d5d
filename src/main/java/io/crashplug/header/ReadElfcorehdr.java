package io.crashplug.header;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.crashimage.ReadCrashImage;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
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
    public ElfcorehdrInForce read(MachineRef ref) {
        return images.read(ref, ReadElfcorehdr::inForce);
    }

    private static ElfcorehdrInForce inForce(LoadedImage loaded) {
        var header = loaded.image().header().orElseThrow(ReadElfcorehdr::noElfcorehdr);
        int index = loaded.armed().elfcorehdrIndex().orElseThrow(ReadElfcorehdr::noElfcorehdr);
        var machine = loaded.machine();
        return new ElfcorehdrInForce(
                machine.name(),
                header,
                loaded.armed().segments().get(index).mem(),
                loaded.armed().contents().get(index),
                Descriptions.of(
                        machine.cpus().possible(),
                        machine.crashNotes(),
                        machine.kernel().text()));
    }

    private static RuntimeException noElfcorehdr() {
        return Problem.of(ProblemType.NOT_FOUND, "unable to locate elfcorehdr segment")
                .toException();
    }

    /**
     * A header in force, with its segment.
     *
     * @param machineName what the machine is called, for file names
     * @param mem where the segment lies, unsigned
     * @param segment what lies in it
     * @param descriptions tells what a program header describes
     */
    public record ElfcorehdrInForce(
            String machineName, HeaderInForce header, long mem, SegmentContent segment, Descriptions descriptions) {}
}
