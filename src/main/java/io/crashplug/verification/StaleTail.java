package io.crashplug.verification;

import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelText;
import io.crashplug.elfcore.SegmentContent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes behind a header that a longer one left there. As Linux does: a rebuild copies only its own elfsz bytes. */
final class StaleTail {

    private StaleTail() {}

    /** Where the bytes of the dump from {@code end} on come from, in words; null if they are no part of a header. */
    static @Nullable String origin(Dump dump, int end, Revisions revisions, long pageOffset) {
        var tail = dump.from(end);
        if (revisions
                .segment()
                .filter(segment -> segment.isComplete() && equals(tail, segment, end))
                .isPresent()) {
            return "the segment in force has the same bytes";
        }
        for (var revision : revisions.newest()) {
            var header = revision.header();
            if (header.length() > end && equals(tail, SegmentContent.of(header, header.length()), end)) {
                return "revision %d has the same bytes".formatted(revision.number());
            }
        }
        return hasFormOfProgramHeaders(tail.toByteArray(), end, pageOffset)
                ? "no stored revision has the same bytes, but they have the form of program headers"
                : null;
    }

    private static boolean equals(HeaderBytes tail, SegmentContent content, int end) {
        var all = content.first(end + tail.length()).toByteArray();
        return HeaderBytes.of(Arrays.copyOfRange(all, end, all.length)).equals(tail);
    }

    /** Program headers up to some point, zeros from there on. The first one may have begun before the tail. */
    private static boolean hasFormOfProgramHeaders(byte[] tail, int end, long pageOffset) {
        int cut = (end - Elf64Ehdr.SIZE_BYTES) % Elf64Phdr.SIZE_BYTES;
        var in = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        int at = cut == 0 ? 0 : Elf64Phdr.SIZE_BYTES - cut;
        while (at + Elf64Phdr.SIZE_BYTES <= tail.length && in.getInt(at) != 0) {
            if (!hasForm(in, at, pageOffset)) {
                return false;
            }
            at += Elf64Phdr.SIZE_BYTES;
        }
        // The dump itself may have cut the last one.
        boolean isCut = at + Elf64Phdr.SIZE_BYTES > tail.length;
        for (int i = at; i < tail.length && !isCut; i++) {
            if (tail[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasForm(ByteBuffer in, int at, long pageOffset) {
        int type = in.getInt(at);
        int flags = in.getInt(at + 4);
        long vaddr = in.getLong(at + 16);
        long paddr = in.getLong(at + 24);
        boolean note = type == Elf64Phdr.PT_NOTE && flags == 0 && vaddr == 0;
        boolean mapped = vaddr == paddr + pageOffset || KernelText.isMappedAt(vaddr);
        boolean load = type == Elf64Phdr.PT_LOAD && flags == Elf64Phdr.PF_RWX && mapped;
        return (note || load)
                && in.getLong(at + 8) == paddr
                && in.getLong(at + 32) == in.getLong(at + 40)
                && in.getLong(at + 48) == 0;
    }
}
