package io.crashplug.header;

import io.crashplug.crashimage.LoadedImage;
import io.crashplug.crashimage.ReadCrashImage;
import io.crashplug.elfcore.PhdrSlots;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.Machine;
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
        var decoded = header.decode(segment);
        var descriptions = Descriptions.of(
                machine.cpus().possible(),
                machine.cpus().present(),
                machine.crashNotes(),
                machine.kernel().text());
        return new Elfcorehdr(
                "%s-elfcorehdr-%d".formatted(machine.name(), header.revision()),
                SegmentContent.of(header.bytes(segment), header.elfszBytes()),
                header.phdrCount(),
                decoded.orElse(null),
                descriptions,
                segment,
                decoded.map(fields -> slots(machine, descriptions.memoryRanges(fields.phdrs())))
                        .orElse(null),
                loaded.armed().segments().get(index).mem(),
                header);
    }

    /** As the kernel counts them, whoever built the header: its rebuild has to fit. */
    private static PhdrSlots slots(Machine machine, int memoryRanges) {
        return PhdrSlots.of(machine.cpus().possible().count(), memoryRanges);
    }

    private static ProblemException noElfcorehdr() {
        return Problem.of(ProblemType.NOT_FOUND, "unable to locate elfcorehdr segment")
                .toException();
    }
}
