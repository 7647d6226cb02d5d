package io.crashplug.capacity;

import io.crashplug.capacity.HeaderSegment.State;
import io.crashplug.capacity.LargestChange.LimitedBy;
import io.crashplug.elfcore.HeaderReservation;
import io.crashplug.elfcore.KernelConfig;
import io.crashplug.hotplug.ChangeSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a machine can still grow.
 *
 * @param growth the header of the present layout
 * @param memszBytes size of the header's segment, unsigned; null without one
 * @param fileLoad what a kexec_file_load would set aside now
 * @param fileLoadRoom how much that is for
 * @param memsz the limit of the header's segment; null without one
 * @param largestChange null while no header is in force
 */
public record Capacity(
        HeaderGrowth growth,
        @Nullable Long memszBytes,
        HeaderReservation fileLoad,
        Limit fileLoadRoom,
        Limit nextPage,
        @Nullable Limit memsz,
        Limit phnum,
        @Nullable LargestChange largestChange,
        List<Message> messages) {

    static Capacity of(HeaderGrowth growth, HeaderSegment segment, KernelConfig config, boolean hasCrashKernel) {
        var fileLoad = growth.profile().reserve(config, growth.header());
        var memsz = segment.memszBytes() == null ? null : growth.memsz(segment.memszBytes());
        var phnum = growth.phnum(memsz);
        return new Capacity(
                growth,
                segment.memszBytes(),
                fileLoad,
                growth.memsz(fileLoad.memszBytes()),
                growth.nextPage(),
                memsz,
                phnum,
                memsz == null ? null : largest(segment.state(), memsz, phnum),
                new Messages(growth, segment, fileLoad, hasCrashKernel).all());
    }

    private static LargestChange largest(State state, Limit memsz, Limit phnum) {
        if (state != State.REWRITTEN) {
            return new LargestChange(0, LimitedBy.NOT_REWRITTEN);
        }
        long most = Math.min(ChangeSet.MAX_CHANGES, Math.min(memsz.moreRanges(), phnum.moreRanges()));
        if (most == memsz.moreRanges()) {
            return new LargestChange((int) most, LimitedBy.MEMSZ);
        }
        return new LargestChange((int) most, most == phnum.moreRanges() ? LimitedBy.PHNUM : LimitedBy.CHANGE_SET);
    }
}
