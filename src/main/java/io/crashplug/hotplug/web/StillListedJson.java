package io.crashplug.hotplug.web;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.hotplug.Change;
import io.crashplug.machine.web.RangeJson;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The field {@code stillListed}: true for all of the removed memory, or the part of it as a range. */
final class StillListedJson {

    private static final String FIELD = "stillListed";

    private StillListedJson() {}

    static Change.@Nullable StillListed read(@Nullable JsonNode value) {
        if (value == null || value.isNull() || (value.isBoolean() && !value.booleanValue())) {
            return null;
        }
        if (value.isBoolean()) {
            return new Change.StillListed(null);
        }
        return new Change.StillListed(InvalidField.reading(FIELD, () -> range(value)));
    }

    /** The value as the history keeps it: with an end where it had a size, absent where it says nothing. */
    static @Nullable JsonNode normal(@Nullable JsonNode value) {
        if (value == null || !value.isObject()) {
            return read(value) == null ? null : value;
        }
        var range = range(value);
        return JsonNodeFactory.instance
                .objectNode()
                .put("start", new HexAddress(range.start()).toString())
                .put("end", new HexAddress(range.end()).toString());
    }

    private static PhysicalRange range(JsonNode value) {
        if (!value.isObject()) {
            throw new IllegalArgumentException("stillListed is true, false or a range");
        }
        for (var field : value.propertyNames()) {
            if (!Set.of("start", "end", "sizeBytes").contains(field)) {
                throw new InvalidField(field, "there is no field \"%s\" here".formatted(field));
            }
        }
        return RangeJson.range(address(value, "start"), address(value, "end"), size(value));
    }

    private static @Nullable HexAddress address(JsonNode value, String field) {
        var address = value.get(field);
        if (address == null || address.isNull()) {
            return null;
        }
        if (!address.isString()) {
            throw new InvalidField(field, "the value is not text");
        }
        return InvalidField.reading(field, () -> HexAddress.parse(address.stringValue()));
    }

    private static @Nullable Long size(JsonNode value) {
        var size = value.get("sizeBytes");
        if (size == null || size.isNull()) {
            return null;
        }
        if (!size.isIntegralNumber() || !size.canConvertToLong()) {
            throw new InvalidField("sizeBytes", "the value is not a whole number within bounds");
        }
        return size.longValue();
    }
}
