package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhdrSlotsTests {

    @Test
    void aPageHolds72AndTheNext73More() {
        assertThat(new PhdrSlots(72).elfsz()).isEqualTo(4096);
        assertThat(new PhdrSlots(73).elfsz()).isEqualTo(8192);
        assertThat(PhdrSlots.in(4096).count()).isEqualTo(72);
        assertThat(PhdrSlots.in(8191).count()).isEqualTo(72);
        assertThat(PhdrSlots.in(8192).count()).isEqualTo(145);
        assertThat(PhdrSlots.in(8192).elfsz()).isEqualTo(8192);
    }

    @Test
    void lessThanAPageHoldsNone() {
        assertThat(PhdrSlots.in(0).count()).isZero();
        assertThat(PhdrSlots.in(4095).count()).isZero();
    }

    @Test
    void whatIsFreeIsNegativeForAsManyTooMany() {
        assertThat(new PhdrSlots(72).freeIn(4096)).isZero();
        assertThat(new PhdrSlots(75).freeIn(4096)).isEqualTo(-3);
        assertThat(new PhdrSlots(75).freeIn(0)).isEqualTo(-75);
    }

    @Test
    void sizesAreUnsigned() {
        assertThat(new PhdrSlots(1).freeIn(-4096)).isEqualTo((0xffff_ffff_ffff_f000L >>> 1) / 28 - 1 - 1);
    }

    @Test
    void theMostThatFitASizeFillItAndOneMoreDoesNot() {
        for (int pages = 1; pages <= 2000; pages++) {
            var most = PhdrSlots.in(pages * 4096L);
            assertThat(most.elfsz()).isEqualTo(pages * 4096L);
            assertThat(new PhdrSlots(most.count() + 1).elfsz()).isEqualTo((pages + 1) * 4096L);
        }
    }
}
