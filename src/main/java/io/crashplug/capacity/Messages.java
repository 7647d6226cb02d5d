package io.crashplug.capacity;

import static io.crashplug.capacity.Message.Code.FILE_LOAD_TOO_SMALL;
import static io.crashplug.capacity.Message.Code.HEADER_NOT_FOUND;
import static io.crashplug.capacity.Message.Code.HOW_RANGES_COUNT;
import static io.crashplug.capacity.Message.Code.NOT_LOADED;
import static io.crashplug.capacity.Message.Code.NO_CRASH_HOTPLUG;
import static io.crashplug.capacity.Message.Code.NO_CRASH_KERNEL;
import static io.crashplug.capacity.Message.Code.POSSIBLE_CPUS_ARE_FIXED;
import static io.crashplug.capacity.Message.Code.TOO_LARGE;
import static io.crashplug.capacity.Message.Code.UPDATE_NOT_PERMITTED;
import static io.crashplug.capacity.Words.count;

import io.crashplug.elfcore.HeaderReservation;
import java.util.ArrayList;
import java.util.List;

/** Says what the figures of a capacity do not say by themselves. */
record Messages(HeaderGrowth growth, HeaderSegment segment, HeaderReservation fileLoad, boolean hasCrashKernel) {

    List<Message> all() {
        var messages = new ArrayList<Message>();
        messages.add(cpus());
        messages.add(new Message(
                HOW_RANGES_COUNT,
                "a range takes one slot whatever its size; memory that continues its virtio-mem device's range takes"
                        + " none; memory in the first MiB or the crash kernel's ranges is left out"));
        messages.addAll(ofSegment());
        if (!hasCrashKernel) {
            messages.add(new Message(
                    NO_CRASH_KERNEL, "no memory is reserved for a crash kernel, so no image can be loaded"));
        }
        if (growth.slots().freeIn(fileLoad.memszBytes()) < 0) {
            messages.add(new Message(
                    FILE_LOAD_TOO_SMALL,
                    "a KEXEC_FILE_LOAD would set memsz %d aside, too little for elfsz %d, and fail"
                            .formatted(fileLoad.memszBytes(), growth.header().elfsz())));
        }
        return messages;
    }

    private Message cpus() {
        var which = growth.absent() == 0
                ? "all %s possible CPUs are present, and more need another boot".formatted(count(growth.possible()))
                : "%s of %s possible CPUs can still be plugged, which takes no slot since each has one already"
                        .formatted(count(growth.absent()), count(growth.possible()));
        var how = growth.profile().listedCpus().listsAbsent()
                ? "; the header lists all of them"
                : "; the header lists the present ones only, so each that is plugged is written into its slot";
        return new Message(POSSIBLE_CPUS_ARE_FIXED, "possible CPUs are fixed at boot: " + which + how);
    }

    private List<Message> ofSegment() {
        var messages = new ArrayList<Message>();
        switch (segment.state()) {
            case NOT_LOADED ->
                messages.add(
                        new Message(NOT_LOADED, "no crash image is loaded; a KEXEC_FILE_LOAD would " + setAside()));
            case NOT_FOUND ->
                messages.add(new Message(
                        HEADER_NOT_FOUND,
                        "no segment begins with the ELF magic; a KEXEC_FILE_LOAD would " + setAside()));
            case NEVER_REWRITTEN ->
                messages.add(new Message(
                        NO_CRASH_HOTPLUG,
                        "the kernel rewrites no header: any growth needs the image to be loaded again, which then would "
                                + setAside()));
            case NOT_PERMITTED ->
                messages.add(new Message(
                        UPDATE_NOT_PERMITTED,
                        "the image was loaded without permission to rewrite its header: any growth needs it to be"
                                + " loaded again, with memsz %d or more"
                                        .formatted(growth.header().elfsz())));
            case REWRITTEN -> {}
        }
        var memsz = segment.memszBytes();
        if (memsz != null && growth.slots().freeIn(memsz) < 0) {
            messages.add(new Message(
                    TOO_LARGE,
                    "elfsz %d > memsz %s: the header cannot follow the layout until the image is loaded again, with"
                                    .formatted(growth.header().elfsz(), Long.toUnsignedString(memsz))
                            + " memsz %d or more".formatted(growth.header().elfsz())));
        }
        return messages;
    }

    private String setAside() {
        return "set memsz %d aside, for %s more ranges"
                .formatted(
                        fileLoad.memszBytes(), count(Math.max(0, growth.slots().freeIn(fileLoad.memszBytes()))));
    }
}
