package io.crashplug.diff;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.crashplug.elfcore.Elf64Phdr;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds the program headers that two elfcorehdrs share. Pairs keep the order on both sides, so that what is in no pair
 * was added or removed.
 *
 * <p>Every round looks only between the pairs of the rounds before it, for a weaker likeness. Program headers alike
 * pair by occurrence. Ordered maps, as a header may be made so that hashes collide.
 */
final class PhdrPairs {

    private static final int ALONE = -1;

    private static final Comparator<DescribedPhdr> TYPE =
            comparingInt(one -> one.phdr().type());
    private static final Comparator<DescribedPhdr> START =
            TYPE.thenComparingLong(one -> one.phdr().paddr());

    private static final List<Comparator<DescribedPhdr>> ROUNDS = List.of(
            // CPUs whose notes have no address are told apart by number.
            START.thenComparing(one -> one.phdr().paddr() == 0 ? one.describes() : ""),
            START,
            // Another type.
            comparing(DescribedPhdr::phdr, allButType()),
            // A range trimmed at its head.
            TYPE.thenComparingLong(DescribedPhdr::end),
            // Whatever else became of it.
            TYPE);

    private final List<DescribedPhdr> from;
    private final List<DescribedPhdr> to;
    private final int[] partners;

    private PhdrPairs(List<DescribedPhdr> from, List<DescribedPhdr> to) {
        this.from = from;
        this.to = to;
        partners = new int[from.size()];
        Arrays.fill(partners, ALONE);
    }

    /** For each of {@code from} the position of its partner in {@code to}, or a negative number. */
    static int[] of(List<DescribedPhdr> from, List<DescribedPhdr> to) {
        var pairs = new PhdrPairs(from, to);
        if (from.size() == to.size()) {
            pairs.pairEqualHeadAndTail();
        }
        ROUNDS.forEach(pairs::pair);
        return pairs.partners;
    }

    private static Comparator<Elf64Phdr> allButType() {
        return Comparator.comparingLong(Elf64Phdr::paddr)
                .thenComparingLong(Elf64Phdr::offset)
                .thenComparingLong(Elf64Phdr::vaddr)
                .thenComparingLong(Elf64Phdr::filesz)
                .thenComparingLong(Elf64Phdr::memsz)
                .thenComparingLong(Elf64Phdr::align)
                .thenComparingInt(Elf64Phdr::flags);
    }

    /** So that one damaged field among equal program headers stays one. */
    private void pairEqualHeadAndTail() {
        int head = 0;
        int tail = from.size();
        while (head < tail && isEqualAt(head)) {
            partners[head] = head;
            head++;
        }
        while (tail > head && isEqualAt(tail - 1)) {
            tail--;
            partners[tail] = tail;
        }
    }

    private boolean isEqualAt(int index) {
        return from.get(index).phdr().equals(to.get(index).phdr());
    }

    private void pair(Comparator<DescribedPhdr> likeness) {
        int fromStart = 0;
        int toStart = 0;
        for (int i = 0; i <= from.size(); i++) {
            if (i == from.size() || partners[i] != ALONE) {
                int toEnd = i == from.size() ? to.size() : partners[i];
                pairBetween(likeness, fromStart, i, toStart, toEnd);
                fromStart = i + 1;
                toStart = toEnd + 1;
            }
        }
    }

    /** Ends are exclusive. */
    private void pairBetween(Comparator<DescribedPhdr> likeness, int fromStart, int fromEnd, int toStart, int toEnd) {
        var occurrences = new TreeMap<DescribedPhdr, ArrayDeque<Integer>>(likeness);
        for (int i = toStart; i < toEnd; i++) {
            occurrences.computeIfAbsent(to.get(i), first -> new ArrayDeque<>()).add(i);
        }
        var fromIndexes = new int[fromEnd - fromStart];
        var toIndexes = new int[fromEnd - fromStart];
        int count = 0;
        for (int i = fromStart; i < fromEnd; i++) {
            var alike = occurrences.get(from.get(i));
            if (alike != null && !alike.isEmpty()) {
                fromIndexes[count] = i;
                toIndexes[count++] = alike.remove();
            }
        }
        for (int kept : LongestIncreasing.of(Arrays.copyOf(toIndexes, count))) {
            partners[fromIndexes[kept]] = toIndexes[kept];
        }
    }
}
