package io.crashplug.command;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.Banner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;

/** Does the job that the command line asks for. */
public final class CommandLine {

    private static final String HELP = "help";

    private final Class<?> application;
    private final String[] arguments;
    private final PrintStream out;
    private final PrintStream err;

    private CommandLine(Class<?> application, String[] arguments, PrintStream out, PrintStream err) {
        this.application = application;
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /**
     * Does the job, if the arguments ask for one. What is logged meanwhile goes to {@code err}: the log of a service is
     * on standard output, which is the job's own here.
     *
     * @return the exit status of the process; empty if the arguments ask for no job
     */
    public static OptionalInt run(Class<?> application, String[] arguments, PrintStream out, PrintStream err) {
        return new CommandLine(application, arguments, out, err).run();
    }

    private OptionalInt run() {
        var given = new DefaultApplicationArguments(arguments);
        if (given.containsOption(HELP)) {
            return OptionalInt.of(help());
        }
        var asked = Stream.of(StartUpOption.values())
                .filter(option -> given.containsOption(option.text()))
                .toList();
        return asked.isEmpty() ? OptionalInt.empty() : OptionalInt.of(doAsked(asked, given));
    }

    private int doAsked(List<StartUpOption> asked, ApplicationArguments given) {
        if (asked.size() > 1) {
            return notDone("one job at a time: %s and %s were asked for".formatted(asked.get(0), asked.get(1)));
        }
        var option = asked.get(0);
        var values = given.getOptionValues(option.text());
        var value = values == null || values.isEmpty() ? null : values.get(0);
        if (option.value().isPresent() != (value != null && !value.isEmpty())) {
            return notDone("this option is written " + option);
        }
        var standardOutput = System.out;
        System.setOut(err);
        try {
            return started(option, value);
        } finally {
            System.setOut(standardOutput);
        }
    }

    /** Only what the job needs of the application is made, and it serves nobody. */
    private int started(StartUpOption option, @Nullable String value) {
        var builder = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false);
        if (!option.needsEntities()) {
            // What makes entities is the one thing that is made at once also where all else is lazy.
            builder.properties("spring.autoconfigure.exclude=%s,%s"
                    .formatted(
                            HibernateJpaAutoConfiguration.class.getName(),
                            DataJpaRepositoriesAutoConfiguration.class.getName()));
        }
        try (var context = builder.run(arguments)) {
            var command = context.getBeanProvider(Command.class)
                    .orderedStream()
                    .filter(known -> known.option() == option)
                    .findFirst()
                    .orElseThrow(() -> new CommandFailed("%s is not done for the value %s".formatted(option, value)));
            int status = command.run(value, out, err);
            out.flush();
            return status;
        } catch (CommandFailed e) {
            return notDone(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            return notDone("%s failed: %s".formatted(option, e));
        }
    }

    private int notDone(String sentence) {
        err.println("crashplug: " + sentence);
        return Command.NOT_DONE;
    }

    private int help() {
        out.println("""
                Usage: java -jar crashplug.jar [--PROPERTY=VALUE …]
                serves, or with one of these options does a job and ends:
                """);
        for (var option : StartUpOption.values()) {
            out.printf("  %-20s %s%n", option, option.help());
        }
        out.println("""

                Exit status of a job: 0 well, 1 something is wrong, 2 it could not be done.
                A PROPERTY is a property of the service, spring.datasource.url for example.""");
        return Command.WELL;
    }
}
