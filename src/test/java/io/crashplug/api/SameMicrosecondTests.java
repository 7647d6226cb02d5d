package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** What happened counts, not when: here the clock stands. */
@Import(SameMicrosecondTests.StoppedClock.class)
class SameMicrosecondTests extends ApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class StoppedClock {

        @Bean
        @Primary
        Clock stoppedClock() {
            return Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        }
    }

    @Test
    void aRewriteBreaksTheDigestInTheMicrosecondOfTheLoad() {
        var machine = newName("micro");
        create(SmallGuest.text(machine, "RFC_V2", SmallGuest.ONE_PAGE));
        load(machine, FILE_LOAD);
        // The fault of that kernel spares every segment only where the header is the first.
        var segments = List.of(
                Requests.segment(0x6f000000L, 4096, 4096L), Requests.segment(0x6f001000L, 4096, header(machine)));
        load(machine, Requests.userspaceLoad(List.of("KEXEC_ON_CRASH"), segments));
        assertThat(condition(machine, "KdumpReady")).isEqualTo("True HeaderCurrent");
        hotplug(machine, SmallGuest.addAll(1, 1));
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("True EqualsRebuild");
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False DigestMismatch");
        load(
                machine,
                Requests.userspaceLoad(
                        List.of("KEXEC_ON_CRASH"),
                        List.of(segments.get(0), Requests.segment(0x6f001000L, 4096, header(machine)))));
        assertThat(condition(machine, "KdumpReady")).isEqualTo("True HeaderCurrent");
    }
}
