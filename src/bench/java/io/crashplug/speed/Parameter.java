package io.crashplug.speed;

import io.crashplug.speed.Recording.Bound;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a statement's parameter follows from the machine, from how many events it has seen, and from the time. */
record Parameter(int position, Bound sample, Value value) {

    /** Where a number begins or ends. */
    private static final String NUMBERS = "(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)";

    /** The same of any event. */
    interface Value {

        @Nullable
        Object of(FloorMachine machine, Instant now);
    }

    /**
     * What tells the value of any event from those of three: the same events of one machine with as many between them.
     *
     * @throws IllegalStateException if it cannot be told
     */
    static Parameter of(int position, FloorMachine recorded, List<Bound> samples) {
        var first = samples.get(0).value();
        return new Parameter(
                position,
                samples.get(0),
                value(recorded, first, samples.stream().map(Bound::value).toList()));
    }

    private static Value value(FloorMachine recorded, @Nullable Object first, List<@Nullable Object> all) {
        if (recorded.id().equals(first)) {
            return (machine, now) -> machine.id();
        }
        if (recorded.name().equals(first)) {
            return (machine, now) -> machine.name();
        }
        if (first instanceof Instant || first instanceof OffsetDateTime || first instanceof Timestamp) {
            return (machine, now) -> now;
        }
        if (all.stream().allMatch(other -> Objects.deepEquals(first, other))) {
            return (machine, now) -> first;
        }
        if (first instanceof String text && isUuid(text)) {
            return (machine, now) -> UUID.randomUUID().toString();
        }
        if (first instanceof Long from && all.get(1) instanceof Long next && all.get(2) instanceof Long last) {
            long step = next - from;
            // What does not count evenly is a duration.
            return last - next == step ? (machine, now) -> from + step * machine.pairs() : (machine, now) -> from;
        }
        if (first instanceof String) {
            return counting(all.stream()
                    .map(text -> ((String) Objects.requireNonNull(text)).split(NUMBERS))
                    .toList());
        }
        throw new IllegalStateException("cannot tell a parameter from " + describe(all));
    }

    /** Text in which numbers count evenly; the samples are cut before and behind each number. */
    private static Value counting(List<String[]> samples) {
        var first = samples.get(0);
        var steps = new long[first.length];
        for (int i = 0; i < first.length; i++) {
            int part = i;
            if (!samples.stream().allMatch(sample -> sample[part].equals(first[part]))) {
                steps[i] = Long.parseLong(samples.get(1)[i]) - Long.parseLong(first[i]);
            }
        }
        return (machine, now) -> {
            var text = new StringBuilder();
            for (int i = 0; i < first.length; i++) {
                if (steps[i] == 0) {
                    text.append(first[i]);
                } else {
                    text.append(Long.parseLong(first[i]) + steps[i] * machine.pairs());
                }
            }
            return text.toString();
        };
    }

    private static String describe(List<@Nullable Object> values) {
        return values.stream()
                .map(value -> value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value))
                .toList()
                .toString();
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Binds it in the way it was recorded. */
    void bind(PreparedStatement statement, FloorMachine machine, Instant now) throws SQLException {
        var bound = value.of(machine, now);
        switch (sample.method()) {
            case "setNull" -> statement.setNull(position, Objects.requireNonNull(sample.sqlType()));
            case "setLong" -> statement.setLong(position, (Long) Objects.requireNonNull(bound));
            case "setInt" -> statement.setInt(position, (Integer) Objects.requireNonNull(bound));
            case "setBoolean" -> statement.setBoolean(position, (Boolean) Objects.requireNonNull(bound));
            case "setString" -> statement.setString(position, (String) bound);
            case "setBytes" -> statement.setBytes(position, (byte[]) bound);
            case "setTimestamp" -> statement.setTimestamp(position, Timestamp.from((Instant) bound));
            case "setObject" -> bindObject(statement, bound);
            default -> throw new IllegalStateException("cannot replay " + sample.method());
        }
    }

    private void bindObject(PreparedStatement statement, @Nullable Object bound) throws SQLException {
        var value = bound instanceof Instant now && sample.value() instanceof OffsetDateTime
                ? now.atOffset(ZoneOffset.UTC)
                : bound;
        if (sample.sqlType() == null) {
            statement.setObject(position, value);
        } else {
            statement.setObject(position, value, sample.sqlType());
        }
    }
}
