package io.crashplug.verification;

import io.crashplug.elfcore.Elf64Phdr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares every field of a dump with those of a header that it may hold. Every byte up to the last program header is a field. */
final class Comparison {

    private static final int MOST_SHOWN = 8;

    private final List<String> shown = new ArrayList<>();
    private int differences;

    private Comparison() {}

    static Comparison of(Dump dump, Expected expected) {
        var comparison = new Comparison();
        var should = expected.asIn(dump);
        var is = dump.header(should.phdrs().size());
        if (!is.ehdr().equals(should.ehdr())) {
            comparison.note("the ELF header is %s instead of %s".formatted(is.ehdr(), should.ehdr()));
        }
        if (is.phdrs().size() == should.phdrs().size()) {
            comparison.inOrder(is.phdrs(), should.phdrs());
        } else {
            comparison.asSets(is.phdrs(), should.phdrs());
        }
        return comparison;
    }

    boolean isEqual() {
        return differences == 0;
    }

    int differences() {
        return differences;
    }

    /** What differs, in one sentence. */
    String sentence() {
        int more = differences - shown.size();
        return String.join("; ", shown) + (more > 0 ? "; and %d differences more".formatted(more) : "");
    }

    private void inOrder(List<Elf64Phdr> is, List<Elf64Phdr> should) {
        for (int i = 0; i < is.size(); i++) {
            if (!is.get(i).equals(should.get(i))) {
                note("program header %d is %s instead of %s"
                        .formatted(i, Words.of(is.get(i)), Words.of(should.get(i))));
            }
        }
    }

    private void asSets(List<Elf64Phdr> is, List<Elf64Phdr> should) {
        note("there are %d program headers instead of %d".formatted(is.size(), should.size()));
        onlyInFirst(is, should).forEach(phdr -> note(Words.of(phdr) + " is listed"));
        onlyInFirst(should, is).forEach(phdr -> note(Words.of(phdr) + " is not listed"));
    }

    /** The elements of {@code first} that {@code second} does not have, or has less often. */
    static <T> List<T> onlyInFirst(List<T> first, List<T> second) {
        Map<T, Integer> left = new HashMap<>();
        second.forEach(it -> left.merge(it, 1, Integer::sum));
        return first.stream().filter(it -> left.merge(it, -1, Integer::sum) < 0).toList();
    }

    private void note(String difference) {
        if (differences++ < MOST_SHOWN) {
            shown.add(difference);
        }
    }
}
