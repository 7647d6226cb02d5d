package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.crashplug.elfcore.HotplugHandling.DoesNotFit;
import io.crashplug.elfcore.HotplugHandling.NotBuildable;
import io.crashplug.elfcore.HotplugHandling.Rebuilt;
import io.crashplug.elfcore.HotplugHandling.Unchanged;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The core against {@link SlowModel}. Another seed: {@code -Dcrashplug.seed=...}. */
class RandomLayoutsTests {

    private static final long SEED = Long.getLong("crashplug.seed", 20_211_207L);
    private static final int LAYOUTS = Integer.getInteger("crashplug.random.layouts", 100_000);
    private static final int EVENTS = LAYOUTS / 10;

    @BeforeAll
    static void printTheSeed() {
        System.out.println("random layouts: -Dcrashplug.seed=" + SEED);
    }

    @ParameterizedTest
    @EnumSource
    void headersEqualTheModels(KernelProfile profile) {
        var random = new Random(SEED);
        for (int i = 0; i < LAYOUTS; i++) {
            var layout = RandomLayout.next(random, 1 + random.nextInt(12));
            var expected = SlowModel.header(profile, layout);

            var build = ElfCoreHeader.build(profile, layout.inputs(), layout.goingOffline());

            var actual = build instanceof HeaderBuild.Built built
                    ? built.header().bytes().shared()
                    : null;
            if (!Arrays.equals(expected, actual)) {
                fail("seed %d, layout %d: %s%nexpected %s%nbut was %s"
                        .formatted(SEED, i, layout, decoded(expected), decoded(actual)));
            }
        }
    }

    private static Object decoded(byte[] header) {
        return header == null
                ? "no header"
                : DecodedHeader.parse(HeaderBytes.of(header)).phdrs();
    }

    @ParameterizedTest
    @EnumSource
    void decodingGivesBackEveryFieldOfWhatWasBuilt(KernelProfile profile) {
        var random = new Random(SEED);
        for (int i = 0; i < EVENTS; i++) {
            var layout = RandomLayout.next(random, 80);
            if (ElfCoreHeader.build(profile, layout.inputs()) instanceof HeaderBuild.Built built) {
                var bytes = built.header().bytes();
                var decoded = DecodedHeader.parse(bytes);
                assertThat(decoded.phdrs()).hasSize(built.header().phdrCount());
                assertThat(encoded(decoded, bytes.length()))
                        .as("seed %d, layout %d", SEED, i)
                        .isEqualTo(bytes);
            }
        }
    }

    private static HeaderBytes encoded(DecodedHeader decoded, int length) {
        var out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        var ehdr = decoded.ehdr();
        out.put(ehdr.ident().toByteArray());
        out.putShort((short) ehdr.type()).putShort((short) ehdr.machine()).putInt(ehdr.version());
        out.putLong(ehdr.entry()).putLong(ehdr.phoff()).putLong(ehdr.shoff()).putInt(ehdr.flags());
        for (int half : List.of(
                ehdr.ehsize(), ehdr.phentsize(), ehdr.phnum(), ehdr.shentsize(), ehdr.shnum(), ehdr.shstrndx())) {
            out.putShort((short) half);
        }
        for (var phdr : decoded.phdrs()) {
            out.putInt(phdr.type()).putInt(phdr.flags()).putLong(phdr.offset());
            out.putLong(phdr.vaddr()).putLong(phdr.paddr());
            out.putLong(phdr.filesz()).putLong(phdr.memsz()).putLong(phdr.align());
        }
        return HeaderBytes.of(out.array());
    }

    /** A segment of two pages through headers of one to three: tails stay, what is too large changes nothing. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LINUX_BEFORE_6_6")
    void aSegmentHoldsWhatEveryRewriteLeftInIt(KernelProfile profile) {
        var random = new Random(SEED);
        var memory = new byte[2 * 4096];
        var image = new ArmedImage(
                LoadPath.KEXEC_FILE_LOAD,
                Set.of(),
                List.of(new KexecSegment(0, memory.length, 0)),
                List.of(SegmentContent.of(HeaderBytes.of(new byte[0]), memory.length)),
                0,
                false);
        var outcomes = new HashSet<Class<?>>();
        for (int i = 0; i < EVENTS; i++) {
            var layout = RandomLayout.next(random, random.nextInt(220));
            var handling =
                    HotplugHandling.handle(profile, image, KernelEvent.MEMORY, layout.inputs(), layout.goingOffline());
            var expected = outcome(memory, SlowModel.header(profile, layout));
            outcomes.add(expected);
            assertThat(handling).as("seed %d, event %d: %s", SEED, i, layout).isInstanceOf(expected);
            image = ((HotplugHandling.Reached) handling).image();
            assertThat(image.contents().get(0).first(memory.length).shared())
                    .as("seed %d, event %d: %s", SEED, i, layout)
                    .isEqualTo(memory);
        }
        assertThat(outcomes).contains(NotBuildable.class, DoesNotFit.class, Rebuilt.class);
    }

    /** What the handler makes of a header, with {@code memory} afterwards. */
    private static Class<?> outcome(byte[] memory, byte[] header) {
        if (header == null) {
            return NotBuildable.class;
        }
        if (header.length > memory.length) {
            return DoesNotFit.class;
        }
        boolean same = IntStream.range(0, header.length).allMatch(at -> memory[at] == header[at]);
        System.arraycopy(header, 0, memory, 0, header.length);
        return same ? Unchanged.class : Rebuilt.class;
    }
}
