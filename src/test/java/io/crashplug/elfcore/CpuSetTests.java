package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTests {

    @Nested
    class Parsing {

        @Test
        void listsAndRangesMix() {
            assertThat(CpuSet.parse("0-3,7").stream().map(CpuId::number)).containsExactly(0, 1, 2, 3, 7);
        }

        @Test
        void theEmptyTextIsTheEmptySet() {
            assertThat(CpuSet.parse("")).isEqualTo(CpuSet.NONE);
            assertThat(CpuSet.parse("\n")).isEqualTo(CpuSet.NONE);
        }

        @Test
        void theKernelsNewlineIsNoPartOfTheList() {
            assertThat(CpuSet.parse("0-7\n").count()).isEqualTo(8);
        }

        @Test
        void groupsComeInAnyOrderAndOverlap() {
            assertThat(CpuSet.parse("5-7,0,6-8")).isEqualTo(CpuSet.parse("0,5-8"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "0-", "-1", "0,,1", ",", "0-3,", "0 1", "0x1", "0-2-4", "0-7:1/2", "1234567890"})
        void anythingElseIsRefused(String list) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CpuSet.parse(list))
                    .withMessage("\"" + list + "\" is not a CPU list such as \"0-3,7\"");
        }

        @Test
        void digitsOfOtherScriptsAreNoDigits() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CpuSet.parse("\u0663"))
                    .withMessage("\"\u0663\" is not a CPU list such as \"0-3,7\"");
        }

        @Test
        void aRangeDoesNotCountDown() {
            assertThat(CpuSet.parse("3-3").count()).isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CpuSet.parse("0,3-2"))
                    .withMessage("CPU list \"0,3-2\" counts down in \"3-2\"");
        }

        @Test
        void theLastCpuIs8191() {
            assertThat(CpuSet.parse("8191").contains(new CpuId(CpuId.MAX))).isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CpuSet.parse("0-8192"))
                    .withMessage("CPU 8192 is not between 0 and 8191");
        }

        @Test
        void aNumberOfUpTo9DigitsIsNamed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CpuSet.parse("999999999"))
                    .withMessage("CPU 999999999 is not between 0 and 8191");
        }
    }

    @Nested
    class Counting {

        @Test
        void theFirstCpusBeginAt0() {
            assertThat(CpuSet.first(4)).isEqualTo(CpuSet.parse("0-3"));
            assertThat(CpuSet.first(0)).isEqualTo(CpuSet.NONE);
        }

        @Test
        void thereAreNoMoreThan8192() {
            assertThat(CpuSet.first(8192)).hasToString("0-8191");
            assertThat(CpuSet.first(8193)).hasToString("0-8191");
        }
    }

    @Nested
    class Printing {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"0|0", "0-1|0-1", "0,1,2|0-2", "7,0-3|0-3,7", "0,2,4|0,2,4", "8190-8191|8190-8191", "''|''"})
        void neighboursAreJoined(String list, String printed) {
            assertThat(CpuSet.parse(list)).hasToString(printed);
        }
    }

    @Nested
    class SetOperations {

        private final CpuSet cpus = CpuSet.parse("0-3,7");

        @Test
        void changesLeaveTheOriginalAlone() {
            assertThat(cpus.with(new CpuId(4))).hasToString("0-4,7");
            assertThat(cpus.without(new CpuId(2))).hasToString("0-1,3,7");
            assertThat(cpus.minus(CpuSet.parse("2-9"))).hasToString("0-1");
            assertThat(cpus).hasToString("0-3,7");
        }

        @Test
        void membersAreContained() {
            assertThat(cpus.contains(new CpuId(7))).isTrue();
            assertThat(cpus.contains(new CpuId(6))).isFalse();
        }

        @Test
        void aSubsetIsContained() {
            assertThat(cpus.containsAll(CpuSet.parse("1,7"))).isTrue();
            assertThat(cpus.containsAll(CpuSet.NONE)).isTrue();
            assertThat(cpus.containsAll(CpuSet.parse("3-4"))).isFalse();
        }

        @Test
        void setsAreEqualByContent() {
            assertThat(CpuSet.of(List.of(new CpuId(7), new CpuId(0))))
                    .isEqualTo(CpuSet.parse("0,7"))
                    .hasSameHashCodeAs(CpuSet.parse("0,7"))
                    .isNotEqualTo(CpuSet.parse("0,6"));
        }

        @Test
        void theEmptySetHasNone() {
            assertThat(CpuSet.NONE.isEmpty()).isTrue();
            assertThat(CpuSet.NONE.count()).isZero();
            assertThat(cpus.isEmpty()).isFalse();
        }
    }
}
