package io.crashplug.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.RandomLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Differences of random headers make the second of the first. Another seed: {@code -Dcrashplug.seed=...}. */
class RandomDiffsTests {

    private static final long SEED = Long.getLong("crashplug.seed", 20_211_207L);
    private static final int PAIRS = 2_500;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void printTheSeed() {
        System.out.println("random differences: -Dcrashplug.seed=" + SEED);
    }

    @ParameterizedTest
    @EnumSource
    void ofAGuestBeforeAndAfterHotplug(KernelProfile profile) {
        for (int i = 0; i < PAIRS; i++) {
            var before = guest();
            var after = before;
            for (int change = random.nextInt(4); change >= 0; change--) {
                after = hotplugged(after);
            }
            assertApplies(i, Sides.built(profile, before), Sides.built(profile, after));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofGuestsThatHaveNothingInCommon(KernelProfile profile) {
        for (int i = 0; i < PAIRS; i++) {
            assertApplies(i, Sides.built(profile, guest()), Sides.built(profile, guest()));
        }
    }

    @Test
    void ofProgramHeadersShuffledDoubledAndLeftOut() {
        for (int i = 0; i < PAIRS; i++) {
            var from = Sides.built(KernelProfile.LINUX_6_9, guest());
            var phdrs = new ArrayList<>(from.decoded().phdrs());
            for (int change = random.nextInt(6); change >= 0 && !phdrs.isEmpty(); change--) {
                int at = random.nextInt(phdrs.size());
                int end = at + random.nextInt(phdrs.size() - at) + 1;
                switch (random.nextInt(4)) {
                    case 0 -> Collections.shuffle(phdrs.subList(at, end), random);
                    case 1 -> phdrs.addAll(random.nextInt(phdrs.size()), List.copyOf(phdrs.subList(at, end)));
                    case 2 -> phdrs.subList(at, Math.min(end, at + 3)).clear();
                    default -> phdrs.set(at, mixed(phdrs.get(at), phdrs.get(random.nextInt(phdrs.size()))));
                }
            }
            assertApplies(i, from, Sides.of(phdrs));
        }
    }

    @Test
    void ofAFlippedBitNameItsFieldAndNothingElse() {
        for (int i = 0; i < 4 * PAIRS; i++) {
            var from = Sides.built(KernelProfile.values()[i % KernelProfile.values().length], guest());
            int used = Elf64Ehdr.SIZE_BYTES + from.decoded().phdrs().size() * Elf64Phdr.SIZE_BYTES;
            int at = random.nextInt(used);
            var bytes = from.bytes().toByteArray();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            HeaderSide to;
            try {
                to = Sides.withBytes(from, bytes);
            } catch (NotAnElfCoreHeader refused) {
                assertThat(at).isLessThan(Elf64Ehdr.SIZE_BYTES);
                continue;
            }
            var diff = assertApplies(i, from, to);

            assertThat(diff.bytes()).isEqualTo(new ByteDifferences(1, 1, List.of(new ByteRange(at, 1))));
            if (at < Elf64Ehdr.SIZE_BYTES) {
                assertThat(diff.ehdr()).extracting(FieldChange::name).containsExactly(ehdrField(at));
                if (at >= 32 && at < 40) {
                    continue; // e_phoff: every program header is read from elsewhere
                }
                assertThat(diff.changed()).isEmpty();
            } else {
                int index = (at - Elf64Ehdr.SIZE_BYTES) / Elf64Phdr.SIZE_BYTES;
                int within = (at - Elf64Ehdr.SIZE_BYTES) % Elf64Phdr.SIZE_BYTES;
                assertThat(diff.ehdr()).isEmpty();
                assertThat(diff.changed())
                        .as("seed %d, pair %d, byte %d", SEED, i, at)
                        .singleElement()
                        .satisfies(changed -> {
                            assertThat(changed.before().index()).isEqualTo(index);
                            assertThat(changed.after().index()).isEqualTo(index);
                            assertThat(changed.fields())
                                    .extracting(FieldChange::name)
                                    .containsExactly(phdrField(within));
                        });
            }
            assertThat(diff.removed()).isEmpty();
            assertThat(diff.added()).isEmpty();
        }
    }

    private static HeaderDiff assertApplies(int pair, HeaderSide from, HeaderSide to) {
        var diff = HeaderDiff.between(from, to);
        assertThat(Applied.to(from.decoded(), diff))
                .as("seed %d, pair %d", SEED, pair)
                .isEqualTo(to.decoded());
        return diff;
    }

    /** A guest with memory left to dump. */
    private HeaderInputs guest() {
        while (true) {
            var inputs = RandomLayout.next(random, 1 + random.nextInt(12)).inputs();
            if (inputs.systemRam().count() > 0) {
                return inputs;
            }
        }
    }

    private HeaderInputs hotplugged(HeaderInputs before) {
        var ranges = new ArrayList<>(before.systemRam().ranges());
        var present = before.present();
        int at = random.nextInt(ranges.size());
        var range = ranges.get(at);
        long middle = range.start() + range.sizeBytes() / 2;
        switch (random.nextInt(6)) {
            case 0 ->
                ranges.add(PhysicalRange.ofSize(
                        ranges.get(ranges.size() - 1).end() + 1 + random.nextInt(2), 1 + random.nextInt(1 << 28)));
            case 1 -> {
                if (ranges.size() > 1) {
                    ranges.remove(at);
                }
            }
            case 2 -> ranges.set(at, new PhysicalRange(middle, range.end()));
            case 3 -> ranges.set(at, new PhysicalRange(range.start(), middle));
            case 4 -> {
                if (middle > range.start() && middle < range.end()) {
                    ranges.set(at, new PhysicalRange(range.start(), middle - 1));
                    ranges.add(at + 1, new PhysicalRange(middle + 1, range.end()));
                }
            }
            default -> present = toggled(present);
        }
        return new HeaderInputs(
                before.possible(),
                present,
                before.notes(),
                before.noteSizeBytes(),
                before.vmcoreinfo(),
                before.text(),
                before.pageOffset(),
                CrashMemory.of(ranges),
                before.crashKernel());
    }

    private CpuSet toggled(CpuSet present) {
        var cpu = new CpuId(random.nextInt(13));
        return present.contains(cpu) ? present.without(cpu) : present.with(cpu);
    }

    private static Elf64Phdr mixed(Elf64Phdr one, Elf64Phdr other) {
        return new Elf64Phdr(
                other.type(),
                one.flags(),
                other.offset(),
                one.vaddr(),
                one.paddr(),
                other.filesz(),
                one.memsz(),
                one.align());
    }

    private static String ehdrField(int at) {
        if (at < 16) {
            return "ident";
        }
        if (at < 20) {
            return at < 18 ? "type" : "machine";
        }
        if (at < 48) {
            return at < 24 ? "version" : List.of("entry", "phoff", "shoff").get((at - 24) / 8);
        }
        return at < 52
                ? "flags"
                : List.of("ehsize", "phentsize", "phnum", "shentsize", "shnum", "shstrndx")
                        .get((at - 52) / 2);
    }

    private static String phdrField(int within) {
        return within < 8
                ? within < 4 ? "type" : "flags"
                : List.of("offset", "virtualAddress", "physicalAddress", "fileSizeBytes", "memorySizeBytes", "align")
                        .get(within / 8 - 1);
    }
}
