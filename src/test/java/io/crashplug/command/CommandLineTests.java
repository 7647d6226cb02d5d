package io.crashplug.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Jobs instead of serving. */
class CommandLineTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** An application that knows one job, and has something that only serving needs. */
    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Command export() {
            return new Exporting();
        }

        @Bean
        Object whatOnlyServingNeeds() {
            throw new IllegalStateException("made for a job");
        }
    }

    private static final class Exporting implements Command {

        @Override
        public StartUpOption option() {
            return StartUpOption.EXPORT;
        }

        @Override
        public int run(@Nullable String value, PrintStream out, PrintStream progress) {
            if ("full".equals(value)) {
                throw new CommandFailed("the disk is full");
            }
            if ("broken".equals(value)) {
                throw new IllegalStateException("a fault of ours");
            }
            System.out.println("a line of the log");
            out.print("exported to " + value);
            progress.println("half of it");
            return FOUND_WRONG;
        }
    }

    private OptionalInt run(String... arguments) {
        return CommandLine.run(Application.class, arguments, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutAJobTheServiceServes() {
        assertThat(run()).isEmpty();
        assertThat(run("--server.port=8081", "export")).isEmpty();
    }

    @Test
    void aJobIsDoneWithItsValueAndItsStatusIsThatOfTheProcess() {
        var before = System.out;
        assertThat(run("--export=a file", "--some.property=1")).hasValue(Command.FOUND_WRONG);
        assertThat(out()).isEqualTo("exported to a file");
        assertThat(err()).contains("a line of the log", "half of it");
        assertThat(System.out).isSameAs(before);
    }

    @Test
    void aJobThatCannotBeDoneSaysWhy() {
        assertThat(run("--export=full")).hasValue(Command.NOT_DONE);
        assertThat(err()).endsWith("crashplug: the disk is full\n");
        assertThat(run("--export=broken")).hasValue(Command.NOT_DONE);
        assertThat(err()).contains("crashplug: --export=FILE failed: java.lang.IllegalStateException: a fault of ours");
    }

    @Test
    void optionsAreWrittenAsTheHelpSays() {
        assertThat(run("--export")).hasValue(Command.NOT_DONE);
        assertThat(run("--export=")).hasValue(Command.NOT_DONE);
        assertThat(run("--verify-store=now")).hasValue(Command.NOT_DONE);
        assertThat(run("--export=a", "--import=b")).hasValue(Command.NOT_DONE);
        assertThat(err()).isEqualTo("""
                crashplug: this option is written --export=FILE
                crashplug: this option is written --export=FILE
                crashplug: this option is written --verify-store
                crashplug: one job at a time: --export=FILE and --import=FILE were asked for
                """);
    }

    @Test
    void theHelpNamesEveryOption() {
        assertThat(run("--help")).hasValue(Command.WELL);
        for (var option : StartUpOption.values()) {
            assertThat(out()).contains(option.toString(), option.help());
        }
        assertThat(err()).isEmpty();
    }
}
