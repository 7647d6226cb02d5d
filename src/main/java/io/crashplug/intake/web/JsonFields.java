package io.crashplug.intake.web;

import io.crashplug.web.InvalidField;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An object of another program's JSON, of which some fields are read and the others are passed over. */
final class JsonFields {

    /** More items than any guest has of anything here. */
    private static final int MAX_ITEMS = 20_000;

    private final JsonNode object;
    private final String pointer;

    /**
     * @param pointer where it is in the body, without its first slash
     * @throws InvalidField if it is no object
     */
    JsonFields(@Nullable JsonNode object, String pointer) {
        this.object = InvalidField.required(object, pointer);
        this.pointer = pointer;
        if (!this.object.isObject()) {
            throw new InvalidField(pointer, "%s is no object".formatted(pointer));
        }
    }

    InvalidField invalid(String field, String detail) {
        return new InvalidField(pointer + "/" + field, detail);
    }

    JsonFields object(String field) {
        return new JsonFields(object.get(field), pointer + "/" + field);
    }

    /** The objects of a list; none if it is absent or null. */
    List<JsonFields> list(String field) {
        return isAbsent(field) ? List.of() : list(object.get(field), pointer + "/" + field);
    }

    /** The objects of a list. */
    static List<JsonFields> list(JsonNode list, String pointer) {
        if (!list.isArray() || list.size() > MAX_ITEMS) {
            throw new InvalidField(pointer, "%s is no list of up to %d items".formatted(pointer, MAX_ITEMS));
        }
        return IntStream.range(0, list.size())
                .mapToObj(i -> new JsonFields(list.get(i), "%s/%d".formatted(pointer, i)))
                .toList();
    }

    private boolean isAbsent(String field) {
        return object.get(field) == null || object.get(field).isNull();
    }

    boolean has(String field) {
        return !isAbsent(field);
    }

    Optional<String> text(String field) {
        return isAbsent(field)
                ? Optional.empty()
                : Optional.of(object.get(field))
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .map(text -> InvalidField.text(text, "", Integer.MAX_VALUE, pointer + "/" + field))
                        .or(() -> {
                            throw invalid(field, "%s is no text".formatted(field));
                        });
    }

    /** A whole number between bounds, both inclusive. */
    long number(String field, long least, long most) {
        if (isAbsent(field)) {
            throw invalid(field, "%s is missing".formatted(field));
        }
        var value = object.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(field, "%s is no whole number within bounds".formatted(field));
        }
        return InvalidField.between(least, most, value.longValue(), least, pointer + "/" + field);
    }

    /** The same; {@code otherwise} if it is absent or null. */
    long numberOr(String field, long otherwise, long most) {
        return isAbsent(field) ? otherwise : number(field, 0, most);
    }
}
