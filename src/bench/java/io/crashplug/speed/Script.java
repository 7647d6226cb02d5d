package io.crashplug.speed;

import io.crashplug.speed.Recording.Bound;
import io.crashplug.speed.Recording.Committed;
import io.crashplug.speed.Recording.Executed;
import io.crashplug.speed.Recording.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that the service sends to the database for one event, in order. */
record Script(List<Step> steps) {

    /** Recordings that tell how parameters go on. */
    static final int SAMPLES = 3;

    /**
     * A statement, or a commit.
     *
     * @param sql null for a commit
     * @param rows parameters; more than one row for a batch
     * @param keys columns that are read back
     */
    record Step(
            @Nullable String sql, String method, List<List<Parameter>> rows, List<String> keys, boolean autoCommit) {

        static final Step COMMIT = new Step(null, "commit", List.of(), List.of(), false);

        boolean isCommit() {
            return sql == null;
        }
    }

    /** What three recordings of the same event of one machine have in common. */
    static Script of(FloorMachine recorded, List<List<Sent>> samples) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < samples.get(0).size(); i++) {
            int at = i;
            steps.add(step(
                    recorded, samples.stream().map(sample -> sample.get(at)).toList()));
        }
        if (samples.stream().anyMatch(sample -> sample.size() != steps.size())) {
            throw new IllegalStateException("the service does not always send as many statements");
        }
        return new Script(List.copyOf(steps));
    }

    private static Step step(FloorMachine recorded, List<Sent> samples) {
        if (samples.get(0) instanceof Committed) {
            return Step.COMMIT;
        }
        var all = samples.stream().map(Executed.class::cast).toList();
        var first = all.get(0);
        if (all.stream()
                .anyMatch(other -> !other.sql().equals(first.sql())
                        || other.rows().size() != first.rows().size())) {
            throw new IllegalStateException("the service does not always send " + first.sql());
        }
        var rows = new ArrayList<List<Parameter>>();
        for (int row = 0; row < first.rows().size(); row++) {
            int at = row;
            rows.add(parameters(
                    recorded, all.stream().map(one -> one.rows().get(at)).toList()));
        }
        return new Step(first.sql(), first.method(), rows, first.keys(), first.autoCommit());
    }

    private static List<Parameter> parameters(FloorMachine recorded, List<Map<Integer, Bound>> samples) {
        return samples.get(0).keySet().stream()
                .map(position -> Parameter.of(
                        position,
                        recorded,
                        samples.stream()
                                .map(sample -> Objects.requireNonNull(sample.get(position)))
                                .toList()))
                .toList();
    }

    long statements() {
        return steps.stream().filter(step -> !step.isCommit()).count();
    }

    /** Commits, and statements that are transactions by themselves. */
    long transactions() {
        return steps.stream()
                .filter(step -> step.isCommit() || step.autoCommit())
                .count();
    }

    /** The statements in order, one a line. */
    String describe() {
        var text = new StringBuilder();
        for (var step : steps) {
            text.append("    ")
                    .append(step.sql() == null ? "commit" : step.sql().replaceAll("\\s+", " "))
                    .append(step.rows().size() > 1 ? " x " + step.rows().size() : "")
                    .append(step.autoCommit() ? " (by itself)" : "")
                    .append('\n');
        }
        return text.toString();
    }
}
