package io.crashplug.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.machine.Exactness;
import io.crashplug.verification.Reason.Code;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The segments of recorded guests: what is found in each follows from what had happened to the guest. */
class RecordedDumpsTests {

    static List<RecordedGuest> guests() {
        return RecordedGuest.all();
    }

    static List<RecordedGuest> guestsWithPrevious() {
        return guests().stream().filter(guest -> guest.previous() != null).toList();
    }

    @ParameterizedTest
    @MethodSource("guests")
    void besideAnImageLoadedAtThatMoment(RecordedGuest guest) {
        var loaded = HeldRevisions.current(guest.loadedNow(), guest.step().segmentSizeBytes());

        var found = Analysis.of(Dump.parse(guest.segment()), guest.imported(), loaded);

        var expected = guest.departures();
        if (guest.isAsLoadedNow()) {
            expected.add(Code.MATCHES_CURRENT);
        }
        assertThat(codes(found)).as("%s", found).isEqualTo(expected);
        assertThat(found.isExplained()).isTrue();
        assertThat(found.kind())
                .isEqualTo(guest.isKernelWithoutHotplug() && !guest.byUserspace() ? DumpKind.HEADER : DumpKind.SEGMENT);
        assertThat(found.equal() == null).isEqualTo(!guest.isAsLoadedNow());
    }

    @ParameterizedTest
    @MethodSource("guestsWithPrevious")
    void besideTheHeaderOfTheStepBefore(RecordedGuest guest) {
        var before = HeaderBytes.of(guest.previous().head());
        var held = HeldRevisions.current(before, guest.step().segmentSizeBytes());

        var found = Analysis.of(Dump.parse(guest.segment()), guest.reported(), held);

        var expected = guest.departures();
        if (HeaderBytes.of(guest.step().head()).equals(before)) {
            expected.add(Code.MATCHES_CURRENT);
        } else if (guest.isAsLoadedNow()) {
            expected.add(Code.MATCHES_LAYOUT);
        }
        assertThat(codes(found)).as("%s", found).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("guests")
    void ofAGuestWhoseRangesAloneAreKnownTheRestIsTakenFromTheDump(RecordedGuest guest) {
        var exact = guest.imported();
        var given = exact.inputs();
        var rangesOnly = new HeaderInputs(
                given.possible(),
                given.present(),
                CrashNotes.NONE,
                0,
                Vmcoreinfo.UNKNOWN,
                null,
                0xffff888000000000L,
                given.systemRam(),
                given.crashKernel());
        var machine = new MachineFacts(
                exact.profile(),
                Exactness.RANGES_ONLY,
                exact.layout(),
                rangesOnly,
                exact.removedLast(),
                exact.rewrites());

        var found = Analysis.of(Dump.parse(guest.segment()), machine, HeldRevisions.NONE);

        // Without addresses CPUs that were unplugged cannot be told from those that took their place.
        assertThat(found.isExplained()).as("%s", found).isTrue();
        assertThat(found.notCompared()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(found.nearest()).isNull();
    }

    @ParameterizedTest
    @MethodSource("guests")
    void aTrimmedDumpIsAsGood(RecordedGuest guest) {
        var loaded = HeldRevisions.current(guest.loadedNow(), guest.step().segmentSizeBytes());
        var dump = Dump.parse(guest.segment());
        var trimmed = Dump.parse(dump.first((int) dump.usedBytes()));

        var whole = Analysis.of(dump, guest.imported(), loaded);
        var found = Analysis.of(trimmed, guest.imported(), loaded);

        assertThat(found.reasons()).isEqualTo(whole.reasons());
        assertThat(found.kind()).isEqualTo(DumpKind.HEADER);
        if (!guest.byUserspace()) {
            assertThat(found.notCompared()).last().asString().endsWith("of the header were not dumped");
        }
    }

    @ParameterizedTest
    @MethodSource("guests")
    void removedMemoryThatNoRemovalAccountsForIsUnexplained(RecordedGuest guest) {
        var machine = guest.imported();
        var forgotten = new MachineFacts(
                machine.profile(),
                machine.exactness(),
                machine.layout(),
                machine.inputs(),
                List.of(),
                machine.rewrites());

        var found = Analysis.of(Dump.parse(guest.segment()), forgotten, HeldRevisions.NONE);

        assertThat(found.isExplained()).as("%s", found).isEqualTo(!guest.lags());
    }

    static Set<Code> codes(Verification found) {
        return found.reasons().stream()
                .map(Reason::code)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Code.class)));
    }
}
