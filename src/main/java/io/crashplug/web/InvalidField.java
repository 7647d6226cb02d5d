package io.crashplug.web;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A field of a request record that is missing or wrong, thrown by the record's constructor while JSON is read. */
public final class InvalidField extends IllegalArgumentException {

    private final String field;
    private final String detail;

    /**
     * @param field the field's place below the record, as a JSON pointer without its first slash
     */
    public InvalidField(String field, String detail) {
        super(detail);
        this.field = field;
        this.detail = detail;
    }

    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String detail() {
        return detail;
    }

    /** The value, which must be there. */
    public static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new InvalidField(field, "%s is missing".formatted(field));
        }
        return value;
    }

    /** A list without holes and with at most {@code most} items; null is the empty list. */
    public static <T> List<T> items(@Nullable List<T> list, int most, String field) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > most) {
            throw new InvalidField(field, "%d items are more than %d".formatted(list.size(), most));
        }
        for (int i = 0; i < list.size(); i++) {
            required(list.get(i), field + "/" + i);
        }
        return List.copyOf(list);
    }

    /** The value or its default, which must lie between the bounds, both inclusive. */
    public static long between(long least, long most, @Nullable Number value, long otherwise, String field) {
        long number = value == null ? otherwise : value.longValue();
        if (number < least || number > most) {
            throw new InvalidField(field, "%s is %d, not between %d and %d".formatted(field, number, least, most));
        }
        return number;
    }

    /** The text or its default, which must not be longer than {@code most} characters nor hold a NUL character or half a surrogate pair. */
    public static String text(@Nullable String value, String otherwise, int most, String field) {
        var text = value == null ? otherwise : value;
        if (text.length() > most) {
            throw new InvalidField(field, "%s has %d characters, more than %d".formatted(field, text.length(), most));
        }
        if (text.chars().anyMatch(c -> c == 0)) {
            throw new InvalidField(field, "%s holds a NUL character".formatted(field));
        }
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidField(field, "%s holds half a surrogate pair".formatted(field));
        }
        return text;
    }

    /** Runs {@code read}, whose refusal is this field's. */
    public static <T> T reading(String field, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidField e) {
            throw new InvalidField(field + "/" + e.field(), e.detail());
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, Objects.requireNonNullElse(e.getMessage(), "the value is invalid"));
        }
    }
}
