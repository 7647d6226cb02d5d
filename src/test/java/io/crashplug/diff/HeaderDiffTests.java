package io.crashplug.diff;

import static io.crashplug.diff.Sides.note;
import static io.crashplug.diff.Sides.ram;
import static io.crashplug.diff.Sides.replaced;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.Vmcoreinfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderDiffTests {

    private static final int MOST = 65_535;

    private final List<Elf64Phdr> phdrs = List.of(
            note(0x6000), note(0x7000), note(0x8000), ram(0x100000, 0x400000), ram(0x1_0000_0000L, 0x1000_0000));

    private static HeaderDiff diff(List<Elf64Phdr> from, List<Elf64Phdr> to) {
        var before = Sides.of(from);
        var after = Sides.of(to);
        var diff = HeaderDiff.between(before, after);
        assertThat(Applied.to(before.decoded(), diff)).isEqualTo(after.decoded());
        return diff;
    }

    private static List<String> lines(HeaderDiff diff) {
        return HeaderDiffText.of(diff)
                .lines()
                .filter(line -> line.matches("[-+~] .*"))
                .toList();
    }

    @Test
    void equalHeadersDoNotDiffer() {
        var diff = diff(phdrs, phdrs);

        assertThat(diff.isEmpty()).isTrue();
        assertThat(HeaderDiffText.of(diff)).isEqualTo("no differences in 4096 bytes\n");
    }

    @Nested
    class Memory {

        @Test
        void addedAtTheEnd() {
            var diff = diff(phdrs.subList(0, 4), phdrs);

            assertThat(diff.added()).singleElement().satisfies(added -> {
                assertThat(added.index()).isEqualTo(4);
                assertThat(added.phdr()).isEqualTo(phdrs.get(4));
                assertThat(added.describes()).isEqualTo("System RAM");
            });
            assertThat(HeaderDiffText.of(diff)).isEqualTo("""
                    ~ ELF header: phnum 4 -> 5
                    + System RAM 0x100000000-0x10fffffff added
                    program headers: 0 removed, 1 added, 0 changed; ELF header fields: 1 changed; bytes: 10 differ
                      offset 56, 1 bytes
                      offset 288, 44 bytes
                    """);
        }

        @Test
        void removedFromTheMiddle() {
            assertThat(lines(diff(phdrs, replaced(phdrs, 3))))
                    .containsExactly("~ ELF header: phnum 5 -> 4", "- System RAM 0x100000-0x4fffff removed");
        }

        @Test // |--------|  to  |----|
        void trimmedAtItsTail() {
            assertThat(lines(diff(phdrs, replaced(phdrs, 4, ram(0x1_0000_0000L, 0x800_0000)))))
                    .containsExactly("~ System RAM 0x100000000-0x10fffffff: fileSizeBytes 268435456 -> 134217728,"
                            + " memorySizeBytes 268435456 -> 134217728");
        }

        @Test // |--------|  to      |----|
        void trimmedAtItsHead() {
            assertThat(lines(diff(phdrs, replaced(phdrs, 4, ram(0x1_0800_0000L, 0x800_0000)))))
                    .containsExactly("~ System RAM 0x100000000-0x10fffffff: offset 0x100000000 -> 0x108000000,"
                            + " virtualAddress 0xff11000100000000 -> 0xff11000108000000,"
                            + " physicalAddress 0x100000000 -> 0x108000000,"
                            + " fileSizeBytes 268435456 -> 134217728, memorySizeBytes 268435456 -> 134217728");
        }

        @Test // |--------|  to  |-|    |---|
        void split() {
            var diff =
                    diff(phdrs, replaced(phdrs, 4, ram(0x1_0000_0000L, 0x100_0000), ram(0x1_0800_0000L, 0x800_0000)));

            assertThat(diff.changed())
                    .singleElement()
                    .satisfies(changed -> assertThat(changed.fields())
                            .extracting(FieldChange::name)
                            .containsExactly("fileSizeBytes", "memorySizeBytes"));
            assertThat(lines(diff)).contains("+ System RAM 0x108000000-0x10fffffff added");
        }

        @Test //     |--------|  to  |-|      |----|
        void trimmedAtItsHeadBehindAnAddedOne() {
            var diff = diff(phdrs, replaced(phdrs, 4, ram(0x8000_0000L, 0x1000), ram(0x1_0800_0000L, 0x800_0000)));

            assertThat(diff.removed()).isEmpty();
            assertThat(diff.added()).extracting(DescribedPhdr::index).containsExactly(4);
            assertThat(diff.changed()).extracting(one -> one.after().index()).containsExactly(5);
        }

        @Test
        void movedToAnotherPlaceInTheOrder() {
            var diff = diff(phdrs, List.of(phdrs.get(4), phdrs.get(0), phdrs.get(1), phdrs.get(2), phdrs.get(3)));

            assertThat(diff.removed()).extracting(DescribedPhdr::index).containsExactly(4);
            assertThat(diff.added()).extracting(DescribedPhdr::index).containsExactly(0);
            assertThat(diff.changed()).isEmpty();
        }

        @Test
        void ofNoBytesIsSaidToBeSo() {
            assertThat(lines(diff(phdrs, replaced(phdrs, 4, phdrs.get(4), ram(0x5000, 0)))))
                    .contains("+ System RAM at 0x5000 of 0 bytes added");
        }
    }

    @Nested
    class Cpus {

        @Test
        void addedBeforeVmcoreinfo() {
            assertThat(lines(diff(phdrs, replaced(phdrs, 2, note(0x7800), phdrs.get(2)))))
                    .containsExactly("~ ELF header: phnum 5 -> 6", "+ crash_notes of CPU 2 added");
        }

        @Test
        void withoutAddressesAreToldApartByNumber() {
            var before = Sides.built(KernelProfile.RFC_V2, guest("0-3"));
            var after = Sides.built(KernelProfile.RFC_V2, guest("0,2-3"));

            assertThat(lines(HeaderDiff.between(before, after)))
                    .containsExactly("~ ELF header: phnum 6 -> 5", "- crash_notes of CPU 1 removed");
        }

        private static HeaderInputs guest(String present) {
            return new HeaderInputs(
                    CpuSet.parse("0-5"),
                    CpuSet.parse(present),
                    CrashNotes.NONE,
                    368,
                    new Vmcoreinfo(0x8000, Vmcoreinfo.SIZE_BYTES),
                    null,
                    0xff11000000000000L,
                    CrashMemory.of(List.of(new PhysicalRange(0x100000, 0x4fffff))),
                    CrashKernel.NONE);
        }

        @Test
        void notesElsewhereAreAChange() {
            assertThat(lines(diff(phdrs, replaced(phdrs, 1, note(0x7700)))))
                    .containsExactly(
                            "~ crash_notes of CPU 1: offset 0x7000 -> 0x7700, physicalAddress 0x7000 -> 0x7700");
        }
    }

    @Nested
    class Damage {

        @ParameterizedTest // offset in the program header, name of the field there
        @CsvSource({
            "0, type",
            "4, flags",
            "8, offset",
            "16, virtualAddress",
            "24, physicalAddress",
            "32, fileSizeBytes",
            "40, memorySizeBytes",
            "48, align"
        })
        void ofOneFieldAmongEqualProgramHeadersIsOneChange(int at, String name) {
            var from = Sides.of(note(0), note(0), note(0), note(0), note(0x8000), ram(0x100000, 0x400000));
            var bytes = from.bytes().toByteArray();
            bytes[64 + 2 * 56 + at] ^= 4;

            var diff = HeaderDiff.between(from, Sides.withBytes(from, bytes));

            assertThat(diff.changed()).singleElement().satisfies(changed -> {
                assertThat(changed.before().index()).isEqualTo(2);
                assertThat(changed.after().index()).isEqualTo(2);
                assertThat(changed.fields()).extracting(FieldChange::name).containsExactly(name);
            });
            assertThat(diff.removed()).isEmpty();
            assertThat(diff.added()).isEmpty();
            assertThat(diff.ehdr()).isEmpty();
            assertThat(diff.bytes().ranges()).containsExactly(new ByteRange(64 + 2 * 56 + at, 1));
        }

        @Test
        void ofATypeBesideAnotherChangeIsTheChangeOfAType() {
            var other = new Elf64Phdr(0x6474e551, 0, 0x6000, 0, 0x6000, 368, 368, 0);

            var diff = diff(phdrs, replaced(replaced(phdrs, 0, other), 1, note(0x7700)));

            assertThat(diff.changed())
                    .extracting(ChangedPhdr::words)
                    .contains("crash_notes of CPU 0: type PT_NOTE -> 0x6474e551");
        }

        @Test
        void behindTheProgramHeadersIsSeenInTheBytes() {
            var from = Sides.of(phdrs);
            var bytes = from.bytes().toByteArray();
            bytes[4000] = 1;

            var diff = HeaderDiff.between(from, Sides.withBytes(from, bytes));

            assertThat(diff.isEmpty()).isFalse();
            assertThat(lines(diff)).isEmpty();
            assertThat(HeaderDiffText.of(diff)).endsWith("bytes: 1 differ\n  offset 4000, 1 bytes\n");
        }
    }

    @Nested
    class Bytes {

        private final HeaderSide from = Sides.of(phdrs);

        private ByteDifferences flipped(int... offsets) {
            var bytes = from.bytes().toByteArray();
            for (int offset : offsets) {
                bytes[offset] ^= 1;
            }
            return HeaderDiff.between(from, Sides.withBytes(from, bytes)).bytes();
        }

        @Test // X|56 equal|X
        void aProgramHeaderOfEqualBytesJoins() {
            assertThat(flipped(1000, 1057)).isEqualTo(new ByteDifferences(2, 1, List.of(new ByteRange(1000, 58))));
        }

        @Test // X|57 equal|X
        void aByteMoreParts() {
            assertThat(flipped(1000, 1058))
                    .isEqualTo(new ByteDifferences(2, 2, List.of(new ByteRange(1000, 1), new ByteRange(1058, 1))));
        }

        @Test
        void theLastByteCounts() {
            assertThat(flipped(4095).ranges()).containsExactly(new ByteRange(4095, 1));
        }

        @Test
        void zerosBehindTheShorterHeaderAreNoDifferentBytes() {
            var longer = Sides.withBytes(from, Arrays.copyOf(from.bytes().toByteArray(), 8192));

            var diff = HeaderDiff.between(from, longer);

            assertThat(diff.bytes()).isEqualTo(new ByteDifferences(0, 0, List.of()));
            assertThat(lines(diff)).containsExactly("~ elfszBytes 4096 -> 8192");
        }

        @Test
        void aHundredRangesAreListedAndTheOthersCounted() {
            var longer = Arrays.copyOf(from.bytes().toByteArray(), 16384);
            IntStream.range(0, 101).forEach(i -> longer[4096 + 100 * i] = 1);

            var diff = HeaderDiff.between(from, Sides.withBytes(from, longer));

            assertThat(diff.bytes().rangeCount()).isEqualTo(101);
            assertThat(diff.bytes().differingBytes()).isEqualTo(101);
            assertThat(diff.bytes().ranges()).hasSize(100);
            assertThat(HeaderDiffText.of(diff)).endsWith("  offset 13996, 1 bytes\n  and 1 ranges more\n");
        }
    }

    /** As many program headers as e_phnum can name; whatever were quadratic would not end. */
    @Nested
    class AsManyAsThereCanBe {

        @Test
        void disjoint() {
            var diff = diff(rams(0), rams(1L << 40));

            assertThat(diff.removed()).isEmpty();
            assertThat(diff.added()).isEmpty();
            assertThat(diff.changed()).hasSize(MOST);
        }

        @Test
        void ofDifferentTypes() {
            var notes = IntStream.range(0, MOST).mapToObj(i -> note(i)).toList();

            var diff = diff(notes, rams(1L << 40));

            assertThat(diff.removed()).hasSize(MOST);
            assertThat(diff.added()).hasSize(MOST);
        }

        @Test
        void inReverseAndShuffled() {
            var reversed = new ArrayList<>(rams(0));
            Collections.reverse(reversed);
            diff(rams(0), reversed);
            Collections.shuffle(reversed, new Random(7));
            diff(rams(0), reversed);
        }

        @Test
        void allAlike() {
            diff(Collections.nCopies(MOST, note(0)), Collections.nCopies(MOST - 1, note(0)));
        }

        @Test // the high and the low half of an address cancel each other in its hash
        void whoseHashesCollide() {
            var colliding = IntStream.range(0, MOST)
                    .mapToObj(i -> ram((long) i << 32 | i, 1))
                    .toList();
            diff(colliding, rams(0));
        }

        private static List<Elf64Phdr> rams(long base) {
            return IntStream.range(0, MOST)
                    .mapToObj(i -> ram(base + i * 0x2000L, 0x1000))
                    .toList();
        }
    }
}
