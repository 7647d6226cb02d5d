package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The inputs of a build give the header again, also after they were bytes. */
class BuildInputsTests {

    private static final long SEED = 20261125;
    private static final int LAYOUTS = 2_000;

    private static final BuildInputs SMALL = new BuildInputs(
            KernelProfile.RFC_V2,
            new HeaderInputs(
                    CpuSet.parse("0-3"),
                    CpuSet.parse("0-1"),
                    new CrashNotes(Map.of(new CpuId(0), 0x1000L, new CpuId(1), 0xfffL)),
                    368,
                    new Vmcoreinfo(0x80, 1),
                    new KernelText(-1, 2, 3),
                    4,
                    CrashMemory.of(List.of(new PhysicalRange(0x1000, 0x1fff), new PhysicalRange(0x2000, 0x2000))),
                    new CrashKernel(new PhysicalRange(0x10, 0x1f), null, List.of(new PhysicalRange(5, 6)))),
            CpuSet.parse("1"));

    private static BuildInputs random(Random random) {
        var layout = RandomLayout.next(random, RandomLayout.MAX_CPU);
        var profiles = KernelProfile.values();
        return new BuildInputs(profiles[random.nextInt(profiles.length)], layout.inputs(), layout.goingOffline());
    }

    @Test
    void randomInputsAreReadBackAsTheyWere() {
        var random = new Random(SEED);
        for (int i = 0; i < LAYOUTS; i++) {
            var inputs = random(random);
            assertThat(BuildInputs.decode(inputs.encode()))
                    .as("seed %d, layout %d", SEED, i)
                    .isEqualTo(inputs);
        }
    }

    @Test
    void aHeaderKnowsWhatGivesItAgain() {
        var random = new Random(SEED);
        int built = 0;
        for (int i = 0; i < LAYOUTS; i++) {
            var inputs = random(random);
            if (inputs.build() instanceof HeaderBuild.Built build) {
                var again =
                        BuildInputs.decode(build.header().builtFrom().encode()).build();
                assertThat(((HeaderBuild.Built) again).header().bytes())
                        .as("seed %d, layout %d", SEED, i)
                        .isEqualTo(build.header().bytes());
                built++;
            }
        }
        assertThat(built).isGreaterThan(LAYOUTS / 2);
    }

    /** Stored bytes are read for ever: this may only change together with the version. */
    @Test
    void theFormIsTheDocumentedOne() {
        var expected = "01" + text("RFC_V2") + text("0-3") + text("0-1") + text("1")
                + text("0-1") + "8040" + "01" // 2 * 0x1000; -1
                + "f002" + "8001" + "01" // 368; vmcoreinfo
                + "01" + "ff".repeat(9) + "01" + "02" + "03" + "04" // text; page offset
                + "02" + "8020" + "ff1f" + "00" + "00" // System RAM
                + "01" + "10" + "0f" + "00" + "01" + "05" + "01"; // high; no low; one CMA
        assertThat(HexFormat.of().formatHex(SMALL.encode().toByteArray())).isEqualTo(expected);
    }

    private static String text(String text) {
        return HexFormat.of().toHexDigits((byte) text.length())
                + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theWholeAddressSpaceFits() {
        var everything = CrashMemory.of(List.of(new PhysicalRange(0, Long.MAX_VALUE)));
        var inputs = new BuildInputs(
                KernelProfile.LINUX_6_9,
                new HeaderInputs(
                        CpuSet.first(CpuId.MAX + 1),
                        CpuSet.NONE,
                        CrashNotes.NONE,
                        Long.MAX_VALUE,
                        new Vmcoreinfo(-1, Long.MAX_VALUE),
                        null,
                        -1,
                        everything,
                        CrashKernel.NONE),
                CpuSet.NONE);
        assertThat(BuildInputs.decode(inputs.encode())).isEqualTo(inputs);
    }

    @Test
    void eachRangeOfManyTakesFewBytes() {
        var modules = CrashMemory.of(IntStream.range(0, 8192)
                .mapToObj(i -> PhysicalRange.ofSize((1L << 32) + ((long) i << 28), 1L << 27))
                .toList());
        var guest = SMALL.guest();
        var large = new BuildInputs(
                KernelProfile.LINUX_6_9,
                new HeaderInputs(
                        guest.possible(),
                        guest.present(),
                        guest.notes(),
                        guest.noteSizeBytes(),
                        guest.vmcoreinfo(),
                        guest.text(),
                        guest.pageOffset(),
                        modules,
                        guest.crashKernel()),
                CpuSet.NONE);
        assertThat(large.encode().length()).isLessThan(10 * 8192);
    }

    @Test
    void bytesThatEndTooEarlyAreRefused() {
        var bytes = SMALL.encode().toByteArray();
        for (int length = 0; length < bytes.length; length++) {
            var cut = HeaderBytes.of(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> BuildInputs.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bytesThatAreLeftOverAreRefused() {
        var bytes = SMALL.encode().toByteArray();
        var longer = HeaderBytes.of(Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> BuildInputs.decode(longer)).hasMessageContaining("1 bytes are left over");
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        var bytes = SMALL.encode().toByteArray();
        bytes[0] = 2;
        assertThatThrownBy(() -> BuildInputs.decode(HeaderBytes.of(bytes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inputs of version 2 are not known");
    }

    @Test
    void damagedBytesAreReadOrRefusedButNeverAnythingElse() {
        var random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            var bytes = random(random).encode().toByteArray();
            for (int damaged = 0; damaged <= random.nextInt(4); damaged++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            var thrown = catchThrowable(() -> BuildInputs.decode(HeaderBytes.of(bytes)));
            if (thrown != null) {
                assertThat(thrown).as("seed %d, layout %d", SEED, i).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
