package io.crashplug.verification;

import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.header.LoadsDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the revision that a dump holds, or else the one that it is nearest to. */
final class RevisionSearch {

    private final Dump dump;
    private final Revisions revisions;

    RevisionSearch(Dump dump, Revisions revisions) {
        this.dump = dump;
        this.revisions = revisions;
    }

    /** The revision that the dump equals in all that it shows: the one in force if that does, else the newest found. */
    Optional<Revision> equal() {
        var found = dump.kind() == DumpKind.VMCORE
                ? revisions.findByLoads(LoadsDigest.of(dump.header())).stream()
                : bySize();
        return Stream.concat(revisions.current().stream(), found)
                .filter(this::isEqual)
                .max(Comparator.comparing(Revision::current).thenComparingLong(Revision::number));
    }

    private Stream<Revision> bySize() {
        var sizes = revisions.elfszBytes().stream()
                .filter(elfsz -> elfsz >= dump.usedBytes())
                .toList();
        return PrefixDigests.of(dump, sizes).entrySet().stream()
                .flatMap(digest -> revisions.findEqual(digest.getKey(), digest.getValue()).stream());
    }

    private boolean isEqual(Revision revision) {
        if (dump.kind() != DumpKind.VMCORE) {
            HeaderBytes header = revision.header();
            return header.length() >= dump.usedBytes()
                    && dump.first(header.length()).equals(header)
                    && Expected.of(revision).isPresent();
        }
        return Expected.of(revision)
                .filter(expected -> Comparison.of(dump, expected).isEqual())
                .isPresent();
    }

    /** The revision with the fewest program headers that only one of both has; null without any revision. */
    Verification.@Nullable Nearest nearest() {
        return Stream.concat(revisions.current().stream(), revisions.newest().stream())
                .distinct()
                .flatMap(revision -> Expected.of(revision).map(it -> distance(revision, it)).stream())
                .min(Comparator.comparingInt(near -> near.phdrsOnlyInDump() + near.phdrsOnlyInRevision()))
                .orElse(null);
    }

    private Verification.Nearest distance(Revision revision, Expected expected) {
        var is = comparable(dump.header(expected.header().phdrs().size()).phdrs());
        var was = comparable(expected.header().phdrs());
        return new Verification.Nearest(
                revision.number(),
                revision.current(),
                Comparison.onlyInFirst(is, was).size(),
                Comparison.onlyInFirst(was, is).size());
    }

    /** Of a vmcore only the PT_LOADs can be compared, and not their offsets. */
    private List<Elf64Phdr> comparable(List<Elf64Phdr> phdrs) {
        Function<Elf64Phdr, Elf64Phdr> withoutOffset = load -> new Elf64Phdr(
                load.type(), load.flags(), 0, load.vaddr(), load.paddr(), load.filesz(), load.memsz(), load.align());
        return dump.kind() == DumpKind.VMCORE
                ? phdrs.stream().filter(Elf64Phdr::isLoad).map(withoutOffset).toList()
                : phdrs;
    }
}
