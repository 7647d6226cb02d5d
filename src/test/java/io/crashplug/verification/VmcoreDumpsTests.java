package io.crashplug.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.NotAnElfCoreHeader;
import io.crashplug.verification.Reason.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of /proc/vmcore after a recorded panic, which the capture kernel made of the last step's header. */
class VmcoreDumpsTests {

    /** The note's alignment, which kernels set differently. */
    private static final int NOTE_ALIGN_BIT = (64 + 48) * 8 + 2;

    @ParameterizedTest
    @ValueSource(strings = {"k612-nokaslr", "k612-kaslr"})
    void aVmcoreIsTiedToTheRevisionOfTheLastStep(String session) throws IOException {
        var guests = RecordedGuest.ofSession(session);
        var last = guests.get(guests.size() - 1);
        var dump = Dump.parse(vmcore(last));
        var held = new HeldRevisions(List.of(revision(7, false, last), revision(8, true, guests.get(0))), null);

        var found = Analysis.of(dump, last.reported(), held);

        assertThat(dump.kind()).isEqualTo(DumpKind.VMCORE);
        assertThat(found.kind()).isEqualTo(DumpKind.VMCORE);
        assertThat(found.equal()).isEqualTo(new Verification.Equal(7, false));
        assertThat(RecordedDumpsTests.codes(found)).contains(Code.MATCHES_REVISION);
        assertThat(found.isExplained()).as("%s", found).isTrue();
        assertThat(found.notCompared())
                .contains("file offsets are rewritten: the physical addresses that p_offset held cannot be told")
                .anyMatch(sentence -> sentence.startsWith("notes are merged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k612-nokaslr", "k612-kaslr"})
    void withoutARevisionItIsExplainedByTheLayout(String session) throws IOException {
        var guests = RecordedGuest.ofSession(session);
        var last = guests.get(guests.size() - 1);

        var found = Analysis.of(Dump.parse(vmcore(last)), last.reported(), HeldRevisions.NONE);

        var expected = last.departures();
        if (expected.isEmpty()) {
            expected.add(Code.MATCHES_LAYOUT);
        }
        assertThat(RecordedDumpsTests.codes(found)).as("%s", found).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k612-nokaslr", "k612-kaslr"})
    void aFlippedBitIsNotExplained(String session) throws IOException {
        var guests = RecordedGuest.ofSession(session);
        var last = guests.get(guests.size() - 1);
        var whole = vmcore(last).toByteArray();
        var held = new HeldRevisions(List.of(revision(7, true, last)), null);
        for (int bit = 0; bit < 8 * 512; bit++) {
            if (bit == NOTE_ALIGN_BIT) {
                continue;
            }
            whole[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(isExplained(HeaderBytes.of(whole), last.reported(), held))
                    .as("bit %d", bit)
                    .isFalse();
            whole[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    private static boolean isExplained(HeaderBytes bytes, MachineFacts machine, Revisions held) {
        try {
            return Analysis.of(Dump.parse(bytes), machine, held).isExplained();
        } catch (NotAnElfCoreHeader e) {
            return false;
        }
    }

    private static Revision revision(long number, boolean current, RecordedGuest guest) {
        return HeldRevisions.revision(
                number, current, HeaderBytes.of(guest.step().head()));
    }

    private static HeaderBytes vmcore(RecordedGuest guest) throws IOException {
        return HeaderBytes.of(Files.readAllBytes(guest.step().vmcoreHead()));
    }
}
