package io.crashplug.capacity.web;

import io.crashplug.capacity.Capacity;
import io.crashplug.capacity.LargestChange.LimitedBy;
import io.crashplug.capacity.Message;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.machine.Machine;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How much a machine can still grow, as it is answered. */
@Schema(name = "Capacity")
record CapacityJson(
        UUID machineId,

        @Schema(description = "The layout that the figures are for")
        long generation,

        KernelProfile profile,

        @Schema(description = "CPUs that may ever appear; each has a slot")
        int possibleCpus,

        int presentCpus,

        @Schema(description = "Ranges of System RAM that are left after the exclusions; each has a slot")
        int memoryRanges,

        @Schema(description = "Program headers that the kernel makes room for: possible CPUs + 1 + ranges + 1")
        long phdrSlots,

        @Schema(description = "Program headers that a rebuild writes")
        int phdrCount,

        @Schema(
                description = "Size of a rebuild of the present layout; also the smallest memsz that would do for an"
                        + " image loaded with kexec_load")
        int elfszBytes,

        @Schema(description = "Size of the header's segment; null while no header is loaded", types = "integer")
        @Nullable
        BigInteger memszBytes,

        @Schema(description = "Until the header takes another page")
        LimitJson nextPage,

        @Schema(description = "Until the header is larger than its segment; null while no header is loaded") @Nullable
        LimitJson memsz,

        @Schema(description = "Until e_phnum cannot state the number of program headers that are written")
        LimitJson phnum,

        @Schema(description = "The largest change set that the header can follow; null while no header is loaded")
        @Nullable
        LargestChangeJson largestChange,

        @Schema(description = "What a KEXEC_FILE_LOAD would set aside now")
        FileLoadJson fileLoad,

        List<MessageJson> messages) {

    /** The most ranges that one change set can add. */
    @Schema(name = "LargestChange")
    record LargestChangeJson(
            @Schema(description = "Ranges that one change set can add so that the header describes them")
            int moreRanges,

            @Schema(description = "What allows no more") LimitedBy limitedBy) {}

    /** What a file load would set aside. */
    @Schema(name = "FileLoad")
    record FileLoadJson(
            @Schema(description = "image->elf_headers_sz, not rounded to pages")
            long elfHeadersSizeBytes,

            long memszBytes,
            LimitJson room) {}

    /** One message. */
    @Schema(name = "CapacityMessage")
    record MessageJson(Message.Code code, String detail) {}

    static CapacityJson of(Machine machine, Capacity capacity) {
        var growth = capacity.growth();
        var largest = capacity.largestChange();
        return new CapacityJson(
                machine.id(),
                machine.generation(),
                growth.profile(),
                growth.possible(),
                growth.present(),
                growth.header().memoryRanges(),
                growth.slots().count(),
                growth.header().phdrCount(),
                growth.header().elfsz(),
                capacity.memszBytes() == null ? null : new BigInteger(Long.toUnsignedString(capacity.memszBytes())),
                LimitJson.of(capacity.nextPage()),
                capacity.memsz() == null ? null : LimitJson.of(capacity.memsz()),
                LimitJson.of(capacity.phnum()),
                largest == null ? null : new LargestChangeJson(largest.ranges(), largest.limitedBy()),
                new FileLoadJson(
                        capacity.fileLoad().elfHeadersSizeBytes(),
                        capacity.fileLoad().memszBytes(),
                        LimitJson.of(capacity.fileLoadRoom())),
                capacity.messages().stream()
                        .map(message -> new MessageJson(message.code(), message.detail()))
                        .toList());
    }
}
