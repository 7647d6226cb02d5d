package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedHeaderTests {

    private static final long SIZE = 0x6ef00000;

    private final HeaderInputs guest = Guests.with(
            CpuSet.first(2),
            CpuSet.first(1),
            List.of(new PhysicalRange(0x100000, 0x100000 + SIZE - 1)),
            CrashKernel.NONE);
    private final byte[] bytes =
            Guests.header(KernelProfile.LINUX_6_9, guest).bytes().toByteArray();

    @Nested
    class RoundTrip {

        @Test
        void theElfHeaderReadsAsWritten() {
            assertThat(DecodedHeader.parse(HeaderBytes.of(bytes)).ehdr())
                    .isEqualTo(new Elf64Ehdr(
                            Guests.hex("7f454c46 02 01 01 00 0000000000000000"),
                            4,
                            62,
                            1,
                            0,
                            64,
                            0,
                            0,
                            64,
                            56,
                            5,
                            0,
                            0,
                            0));
        }

        @Test
        void theProgramHeadersReadAsWritten() {
            assertThat(DecodedHeader.parse(HeaderBytes.of(bytes)).phdrs())
                    .containsExactly(
                            new Elf64Phdr(4, 0, 0x6ca3d800, 0, 0x6ca3d800, 368, 368, 0),
                            new Elf64Phdr(4, 0, 0x6cabd800, 0, 0x6cabd800, 368, 368, 0),
                            new Elf64Phdr(4, 0, 0x43fa000, 0, 0x43fa000, 4132, 4132, 0),
                            new Elf64Phdr(1, 7, 0x1000000, 0xffffffff81000000L, 0x1000000, 0x2c30000, 0x2c30000, 0),
                            new Elf64Phdr(1, 7, 0x100000, 0xffff888000100000L, 0x100000, SIZE, SIZE, 0));
        }

        @Test
        void notesAndLoadsTellApart() {
            var phdrs = DecodedHeader.parse(HeaderBytes.of(bytes)).phdrs();
            assertThat(phdrs.get(0).isNote()).isTrue();
            assertThat(phdrs.get(0).isLoad()).isFalse();
            assertThat(phdrs.get(4).isNote()).isFalse();
            assertThat(phdrs.get(4).isLoad()).isTrue();
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest // at, value: one changed byte of the ELF header
        @CsvSource(
                delimiter = '|',
                value = {
                    " 0 | 7e | byte 0 of the ELF magic is 126, not 127",
                    " 3 | 47 | byte 3 of the ELF magic is 71, not 70",
                    " 4 | 01 | the ELF class is 1, not 2",
                    " 5 | 02 | the ELF data encoding is 2, not 1",
                    "16 | 02 | e_type is 2, not 4",
                    "17 | ff | e_type is 65284, not 4",
                    "18 | b7 | e_machine is 183, not 62",
                    "54 | 20 | e_phentsize is 32, not 56",
                    "32 | 3f | e_phoff 63 lies outside the 4096 bytes",
                    "39 | 80 | e_phoff 9223372036854775872 lies outside the 4096 bytes"
                })
        void aWrongFieldIsNamedWithItsValue(int at, String value, String sentence) {
            bytes[at] = (byte) Integer.parseInt(value, 16);
            assertRefused(bytes, sentence);
        }

        @Test
        void anElfHeaderHas64Bytes() {
            assertRefused(Arrays.copyOf(bytes, 63), "63 bytes are fewer than the 64 of an ELF header");
            assertRefused(Arrays.copyOf(bytes, 64), "5 program headers end at byte 344, but there are only 64 bytes");
        }

        @Test
        void theLastProgramHeaderEndsWithinTheBytes() {
            assertThat(DecodedHeader.parse(HeaderBytes.of(Arrays.copyOf(bytes, 344)))
                            .phdrs())
                    .hasSize(5);
            assertRefused(Arrays.copyOf(bytes, 343), "5 program headers end at byte 344, but there are only 343 bytes");
        }

        @Test
        void moreProgramHeadersThanBytesAreRefused() {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(56, (short) 72);
            assertThat(DecodedHeader.parse(HeaderBytes.of(bytes)).phdrs()).hasSize(72);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(56, (short) 73);
            assertRefused(bytes, "73 program headers end at byte 4152, but there are only 4096 bytes");
        }

        @Test
        void programHeadersMayBeginBehindTheElfHeader() {
            var shifted = ByteBuffer.allocate(bytes.length + 8).order(ByteOrder.LITTLE_ENDIAN);
            shifted.put(bytes, 0, 64)
                    .putLong(0)
                    .put(bytes, 64, bytes.length - 64)
                    .putLong(32, 72);
            assertThat(DecodedHeader.parse(HeaderBytes.of(shifted.array())).phdrs())
                    .isEqualTo(DecodedHeader.parse(HeaderBytes.of(bytes)).phdrs());
        }

        private static void assertRefused(byte[] bytes, String sentence) {
            assertThatExceptionOfType(NotAnElfCoreHeader.class)
                    .isThrownBy(() -> DecodedHeader.parse(HeaderBytes.of(bytes)))
                    .withMessage(sentence);
        }
    }

    @Test
    void aKnownCountOverridesWhatTheHeaderSays() {
        assertThat(DecodedHeader.parse(HeaderBytes.of(bytes), 3).phdrs()).hasSize(3);
    }
}
