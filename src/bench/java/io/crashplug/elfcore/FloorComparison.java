package io.crashplug.elfcore;

import io.crashplug.elfcore.Floor.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Prints how many times as long as plain C the core takes for a header, best time against best time. */
final class FloorComparison {

    private static final List<FloorLayout> LAYOUTS = List.of(FloorLayout.values());

    private FloorComparison() {}

    /** Measures; the only argument is a directory for the C programs, their headers and what JMH logs. */
    public static void main(String... arguments) throws IOException, RunnerException {
        var directory = Path.of(arguments[0]);
        var floor = Floor.compiledIn(directory);
        for (var layout : LAYOUTS) {
            requireSameBytes(layout, floor);
        }
        System.out.println("Java and C write the same bytes for all sizes");
        // The C program runs before and after each Java run, so that no side has the quiet moments to itself.
        var c = floor.measure();
        var java = new ArrayList<Times>();
        for (var layout : LAYOUTS) {
            System.out.printf("measuring %d CPUs, %d ranges%n", layout.cpus(), layout.ranges());
            java.add(measure(layout, directory));
            c = best(c, floor.measure());
        }
        print(c, java);
    }

    private static void requireSameBytes(FloorLayout layout, Floor floor) throws IOException {
        var header = header(layout);
        if (!header.bytes().equals(floor.header(header.phdrCount()))) {
            throw new IllegalStateException("Java and C write different headers for " + layout);
        }
    }

    private static ElfCoreHeader header(FloorLayout layout) {
        return ((HeaderBuild.Built) ElfCoreHeader.build(HeaderBenchmark.PROFILE, layout.inputs())).header();
    }

    private static Times measure(FloorLayout layout, Path directory) throws RunnerException {
        var options = new OptionsBuilder()
                .include(HeaderBenchmark.class.getName())
                .param("layout", layout.name())
                .output(directory.resolve("jmh-%s.log".formatted(layout)).toString())
                .build();
        var results = new Runner(options).run();
        return new Times(header(layout).elfsz(), bestNs(results, "rebuild"), bestNs(results, "build"));
    }

    /** The shortest iteration of any fork. */
    private static double bestNs(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .min()
                .orElseThrow();
    }

    private static List<Times> best(List<Times> some, List<Times> others) {
        return IntStream.range(0, some.size())
                .mapToObj(i -> some.get(i).best(others.get(i)))
                .toList();
    }

    private static void print(List<Times> c, List<Times> java) {
        System.out.printf("%nns on Java %s and in C, best against best%n%n", Runtime.version());
        System.out.println("CPUs ranges   elfsz   C rebuild_ns Java rebuild_ns ratio   C build_ns Java build_ns ratio");
        for (var layout : LAYOUTS) {
            var floor = c.get(layout.ordinal());
            var core = java.get(layout.ordinal());
            System.out.printf(
                    "%4d %6d %7d %14.0f %15.0f %5.2f %12.0f %13.0f %5.2f%n",
                    layout.cpus(),
                    layout.ranges(),
                    core.elfsz(),
                    floor.rebuildNs(),
                    core.rebuildNs(),
                    core.rebuildNs() / floor.rebuildNs(),
                    floor.buildNs(),
                    core.buildNs(),
                    core.buildNs() / floor.buildNs());
        }
    }
}
