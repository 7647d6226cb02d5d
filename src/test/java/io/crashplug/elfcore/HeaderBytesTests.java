package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderBytesTests {

    private final byte[] array = {'a', 'b', 'c'};
    private final HeaderBytes bytes = HeaderBytes.of(array);

    @Test
    void bytesAreCopiedIn() {
        array[0] = 'x';
        assertThat(bytes.toByteArray()).containsExactly('a', 'b', 'c');
    }

    @Test
    void bytesAreCopiedOut() {
        bytes.toByteArray()[0] = 'x';
        assertThat(bytes.toByteArray()).containsExactly('a', 'b', 'c');
    }

    @Test
    void bytesAreEqualByContent() {
        assertThat(bytes)
                .isEqualTo(HeaderBytes.of(new byte[] {'a', 'b', 'c'}))
                .hasSameHashCodeAs(HeaderBytes.of(new byte[] {'a', 'b', 'c'}))
                .isNotEqualTo(HeaderBytes.of(new byte[] {'a', 'b', 'd'}))
                .isNotEqualTo(HeaderBytes.of(new byte[] {'a', 'b', 'c', 0}));
    }

    @Test
    void bytesPrintTheirLength() {
        assertThat(bytes.length()).isEqualTo(3);
        assertThat(bytes).hasToString("3 bytes");
    }

    @Test // the example "abc" of FIPS 180
    void sha256IsLowerCaseHexadecimal() {
        assertThat(bytes.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
