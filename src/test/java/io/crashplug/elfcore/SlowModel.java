package io.crashplug.elfcore;

import io.crashplug.elfcore.RandomLayout.Marks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules once more, as slow and as plain as they can be said, and on nothing that the core uses to follow them: the
 * ruler's marks instead of addresses, lists instead of arrays, a buffer written field by field.
 */
final class SlowModel {

    private SlowModel() {}

    /** The header's bytes, or null where there is none. */
    static byte @Nullable [] header(KernelProfile profile, RandomLayout layout) {
        if (layout.ram().isEmpty()) {
            return null;
        }
        var memory = memory(profile, layout);
        int slots = layout.possible().count() + 1 + memory.size() + 1;
        int pages = (64 + 56 * slots + 4095) / 4096;
        var out = ByteBuffer.allocate(pages * 4096).order(ByteOrder.LITTLE_ENDIAN);

        out.position(64);
        int phnum = 0;
        for (int cpu = 0; cpu <= RandomLayout.MAX_CPU; cpu++) {
            if (isListed(profile, layout, new CpuId(cpu))) {
                phdr(out, 4, 0, layout.notes().addressOf(new CpuId(cpu)), 0, layout.noteSizeBytes());
                phnum++;
            }
        }
        phdr(out, 4, 0, layout.vmcoreinfo().address(), 0, 4132);
        phnum++;
        var text = layout.text();
        if (text != null) {
            phdr(out, 1, 7, text.physicalAddress(), text.virtualAddress(), text.sizeBytes());
            phnum++;
        }
        for (var marks : memory) {
            long start = layout.start(marks);
            phdr(out, 1, 7, start, start + layout.pageOffset(), layout.end(marks) - start + 1);
            phnum++;
        }
        ehdr(out.position(0), phnum);
        return out.array();
    }

    private static void ehdr(ByteBuffer out, int phnum) {
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        out.putShort((short) 4).putShort((short) 62).putInt(1);
        out.putLong(0).putLong(64).putLong(0);
        out.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) phnum);
        out.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    }

    private static void phdr(ByteBuffer out, int type, int flags, long physical, long virtual, long size) {
        out.putInt(type).putInt(flags);
        out.putLong(physical).putLong(virtual).putLong(physical);
        out.putLong(size).putLong(size).putLong(0);
    }

    private static boolean isListed(KernelProfile profile, RandomLayout layout, CpuId cpu) {
        return switch (profile) {
            case LINUX_BEFORE_6_6 -> layout.present().contains(cpu);
            case RFC_V2 ->
                layout.present().contains(cpu) && !layout.goingOffline().contains(cpu);
            case LINUX_6_6, LINUX_6_9 -> layout.possible().contains(cpu);
        };
    }

    private static List<Marks> memory(KernelProfile profile, RandomLayout layout) {
        var holes = new ArrayList<Marks>();
        holes.add(new Marks(0, RandomLayout.MIB - 1));
        if (layout.high() != null) {
            holes.add(layout.high());
        }
        if (layout.low() != null) {
            holes.add(layout.low());
        }
        if (profile == KernelProfile.LINUX_6_9) {
            holes.addAll(layout.cma());
            return withoutMarks(layout.ram(), holes);
        }
        var memory = layout.ram();
        for (var hole : holes) {
            memory = withoutUpToTheFirstCut(memory, hole);
        }
        return memory;
    }

    /** Linux 6.9: what is in a hole is gone, mark by mark; what is left of one range stays apart from the next. */
    private static List<Marks> withoutMarks(List<Marks> ram, List<Marks> holes) {
        var left = new ArrayList<Marks>();
        for (var range : ram) {
            int first = -1;
            for (int mark = range.first(); mark <= range.last() + 1; mark++) {
                boolean stays = mark <= range.last() && !isIn(holes, mark);
                if (stays && first < 0) {
                    first = mark;
                } else if (!stays && first >= 0) {
                    left.add(new Marks(first, mark - 1));
                    first = -1;
                }
            }
        }
        return left;
    }

    private static boolean isIn(List<Marks> holes, int mark) {
        for (var hole : holes) {
            if (hole.first() <= mark && mark <= hole.last()) {
                return true;
            }
        }
        return false;
    }

    /** Before: whole ranges go until the hole ends inside one, and from there on all is kept. */
    static List<Marks> withoutUpToTheFirstCut(List<Marks> ram, Marks hole) {
        var left = new ArrayList<Marks>();
        boolean cut = false;
        for (var range : ram) {
            boolean apart = hole.last() < range.first() || range.last() < hole.first();
            if (cut || apart) {
                left.add(range);
                continue;
            }
            if (range.first() < hole.first()) {
                left.add(new Marks(range.first(), hole.first() - 1));
                cut = true;
            }
            if (hole.last() < range.last()) {
                left.add(new Marks(hole.last() + 1, range.last()));
                cut = true;
            }
        }
        return left;
    }
}
