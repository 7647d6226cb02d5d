package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The small values that a guest is made of. */
class GuestValuesTests {

    @Nested
    class CpuIds {

        @Test
        void cpusAreNumberedFrom0To8191() {
            assertThat(new CpuId(0)).hasToString("0").isLessThan(new CpuId(8191));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CpuId(-1))
                    .withMessage("CPU -1 is not between 0 and 8191");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CpuId(8192))
                    .withMessage("CPU 8192 is not between 0 and 8191");
        }
    }

    @Nested
    class Notes {

        private final CrashNotes notes = new CrashNotes(Map.of(new CpuId(3), 0x3000L, new CpuId(1), -1L));

        @Test
        void anUnknownAddressIs0() {
            assertThat(notes.addressOf(new CpuId(3))).isEqualTo(0x3000);
            assertThat(notes.addressOf(new CpuId(2))).isZero();
            assertThat(notes.addressOf(new CpuId(8191))).isZero();
            assertThat(CrashNotes.NONE.addressOf(new CpuId(0))).isZero();
        }

        @Test
        void knownAddressesAreGivenByCpu() {
            assertThat(notes.given()).isEqualTo(CpuSet.parse("1,3"));
            assertThat(notes.byCpu()).containsExactly(Map.entry(new CpuId(1), -1L), Map.entry(new CpuId(3), 0x3000L));
            assertThat(notes).hasToString("crash_notes of CPUs 1,3");
        }

        @Test
        void aKnownAddressOf0IsNotAnUnknownOne() {
            var zero = new CrashNotes(Map.of(new CpuId(0), 0L, new CpuId(1), 1L));
            assertThat(zero).isNotEqualTo(new CrashNotes(Map.of(new CpuId(1), 1L)));
            assertThat(zero)
                    .isEqualTo(new CrashNotes(Map.of(new CpuId(1), 1L, new CpuId(0), 0L)))
                    .hasSameHashCodeAs(new CrashNotes(Map.of(new CpuId(1), 1L, new CpuId(0), 0L)));
        }
    }

    @Nested
    class Sizes {

        @Test
        void notesAndTextMayBeEmptyButNotLess() {
            assertThat(new Vmcoreinfo(0, 0).sizeBytes()).isZero();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Vmcoreinfo(0, -1))
                    .withMessage("a note of -1 bytes is none");
            assertThat(new KernelText(0, 0, 0).sizeBytes()).isZero();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new KernelText(0, 0, -1))
                    .withMessage("kernel text of -1 bytes is none");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new HeaderInputs(
                            CpuSet.NONE,
                            CpuSet.NONE,
                            CrashNotes.NONE,
                            -1,
                            Vmcoreinfo.UNKNOWN,
                            null,
                            0,
                            CrashMemory.of(List.of()),
                            CrashKernel.NONE))
                    .withMessage("notes of -1 bytes are none");
        }
    }

    @Nested
    class Reservations {

        @Test
        void theListOfCmaRangesIsCopied() {
            var cma = new ArrayList<>(List.of(new PhysicalRange(1, 2)));
            var crashKernel = new CrashKernel(null, null, cma);
            cma.clear();
            assertThat(crashKernel.cma()).containsExactly(new PhysicalRange(1, 2));
        }
    }

    @Test
    void errorsHaveTheKernelsNumbers() {
        assertThat(Errno.ENOMEM.number()).isEqualTo(12);
        assertThat(Errno.EINVAL.number()).isEqualTo(22);
        assertThat(Errno.EADDRNOTAVAIL.number()).isEqualTo(99);
    }
}
