package io.crashplug.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.header.DecodeHeader;
import io.crashplug.testdata.RecordedStep;
import io.crashplug.testdata.Recordings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What guests' headers became from one recorded step to the next. */
class RecordedDiffsTests {

    static Stream<Arguments> neighbours() {
        return Recordings.SESSIONS.stream().flatMap(session -> {
            var steps = Recordings.steps(session).stream()
                    .filter(RecordedStep::hasHeader)
                    .toList();
            var pairs = new ArrayList<Arguments>();
            for (int i = 1; i < steps.size(); i++) {
                pairs.add(Arguments.of(steps.get(i - 1), steps.get(i)));
            }
            return pairs.stream();
        });
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void theDifferenceMakesTheNextHeaderOfTheLast(RecordedStep before, RecordedStep after) {
        var from = side(before);
        var to = side(after);

        var diff = HeaderDiff.between(from, to);

        assertThat(Applied.to(from.decoded(), diff)).isEqualTo(to.decoded());
        assertThat(diff.isEmpty()).isEqualTo(from.bytes().equals(to.bytes()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k612-nokaslr | 02- | 03- | + System RAM 0x100000000-0x10fffffff added",
                "k612-nokaslr | 03- | 04- | + System RAM 0x110000000-0x117ffffff added",
                "k612-nokaslr | 11- | 12- | ",
                "k612-nokaslr | 12- | 13- | ~ System RAM 0x100000000-0x10fffffff: fileSizeBytes 268435456 -> 134217728, memorySizeBytes 268435456 -> 134217728",
                "k61          | 01- | 02- | ",
                "k61 | 03- | 04- | + crash_notes of CPU 2 added; + System RAM 0x100000000-0x10fffffff added"
            })
    void inTheDomainsWords(String session, String from, String to, String expected) {
        var lines = HeaderDiffText.of(HeaderDiff.between(side(step(session, from)), side(step(session, to))))
                .lines()
                .filter(line -> line.matches("[-+~] .*") && !line.startsWith("~ ELF header: phnum"))
                .toList();

        assertThat(lines).isEqualTo(expected == null ? List.of() : List.of(expected.split("; ")));
    }

    private static RecordedStep step(String session, String number) {
        return Recordings.steps(session).stream()
                .filter(step -> step.directory().getFileName().toString().startsWith(number))
                .findFirst()
                .orElseThrow();
    }

    private static HeaderSide side(RecordedStep step) {
        return Sides.of(DecodeHeader.of(HeaderBytes.of(step.segment())));
    }
}
