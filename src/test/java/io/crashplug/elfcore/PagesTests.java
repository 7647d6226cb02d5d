package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTests {

    @ParameterizedTest
    @CsvSource({"0,0", "1,4096", "4095,4096", "4096,4096", "4097,8192", "462512,462848"})
    void sizesRoundUpToWholePages(long bytes, long rounded) {
        assertThat(Pages.roundUp(bytes)).isEqualTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({"-4096,-4096", "-4095,0", "-1,0"})
    void roundingWrapsAt2ToThe64(long bytes, long rounded) {
        assertThat(Pages.roundUp(bytes)).isEqualTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({"0,true", "4095,false", "4096,true", "4097,false", "-4096,true", "-1,false"})
    void multiplesOf4096AreAligned(long bytes, boolean aligned) {
        assertThat(Pages.isAligned(bytes)).isEqualTo(aligned);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "4096,1", "4097,2", "-4096,4503599627370495", "-1,4503599627370496"})
    void anUnsignedSizeTakesThatManyPages(long bytes, long pages) {
        assertThat(Pages.count(bytes)).isEqualTo(pages);
    }
}
