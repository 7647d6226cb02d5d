package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.CrashplugApplication;
import io.crashplug.command.Command;
import io.crashplug.command.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** The checks as a job of the command line, beside a service that runs on. */
@TestPropertySource(properties = "crashplug.test.store=verified")
class VerifyStoreTests extends StoreCheckTest {

    @Autowired
    private Environment environment;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private OptionalInt verify() {
        out.reset();
        return CommandLine.run(
                CrashplugApplication.class,
                new String[] {
                    "--verify-store",
                    "--spring.datasource.url=" + environment.getRequiredProperty("spring.datasource.url"),
                    "--spring.datasource.username=" + environment.getRequiredProperty("spring.datasource.username"),
                    "--spring.datasource.password=" + environment.getRequiredProperty("spring.datasource.password")
                },
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theStatusTellsWhetherAllIsWell() {
        assertThat(verify()).hasValue(Command.WELL);
        assertThat(printed()).isEqualTo("checked 0 machines: all is well%n".formatted());

        var machine = storied("verified");
        var other = storied("verified-too");
        assertThat(verify()).as(err::toString).hasValue(Command.WELL);
        assertThat(printed()).isEqualTo("checked 2 machines: all is well%n".formatted());

        damage(machine, "update machine set generation = 7 where id = :m");
        damage(other, "delete from hotplug_event where machine_id = :m and sequence = 2");
        assertThat(verify()).hasValue(Command.FOUND_WRONG);
        assertThat(printed().lines())
                .containsExactly(
                        machine + " verified HISTORY_END: the history ends at entry 6 with generation 5, the machine is"
                                + " at 7",
                        other + " verified-too HISTORY_SEQUENCE: entry 2 is missing before entry 3",
                        "checked 2 machines: 2 findings");
    }

    @Test
    void aDatabaseThatCannotBeAskedIsNoFinding() {
        var status = CommandLine.run(
                CrashplugApplication.class,
                new String[] {
                    "--verify-store",
                    "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
                    "--spring.datasource.hikari.initialization-fail-timeout=1"
                },
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(status).hasValue(Command.NOT_DONE);
        assertThat(printed()).isEmpty();
    }
}
