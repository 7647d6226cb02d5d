package io.crashplug.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values that a schema of the OpenAPI document allows, its bounds among them. */
final class SchemaValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;

    private final JsonNode document;
    private final Dice dice;

    SchemaValues(JsonNode document, Dice dice) {
        this.document = document;
        this.dice = dice;
    }

    JsonNode of(JsonNode schema) {
        return of(schema, 0);
    }

    /** The schema itself, not a reference to it. */
    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private JsonNode of(JsonNode referring, int depth) {
        var schema = resolved(referring);
        for (var choices : List.of("anyOf", "oneOf")) {
            if (schema.has(choices)) {
                return of(schema.get(choices).get(dice.below(schema.get(choices).size())), depth);
            }
        }
        for (var known : List.of("example", "default")) {
            if (schema.has(known) && dice.chance(50)) {
                return schema.get(known).deepCopy();
            }
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(dice.below(schema.get("enum").size()));
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "boolean" -> JSON.booleanNode(dice.chance(50));
            case "integer" -> integer(schema);
            case "number" -> JSON.numberNode(dice.below(1000) / 8.0);
            case "null" -> JSON.nullNode();
            default -> JSON.stringNode(text(schema));
        };
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.get(dice.chance(85) ? 0 : dice.below(type.size())).asString();
        }
        return type.asString(schema.has("properties") ? "object" : "string");
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = JSON.objectNode();
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || depth < DEEPEST && dice.chance(50)) {
                object.set(property.getKey(), of(property.getValue(), depth + 1));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            for (int i = dice.below(3); i > 0; i--) {
                object.set("key" + i, of(schema.get("additionalProperties"), depth + 1));
            }
        }
        return object;
    }

    private JsonNode array(JsonNode schema, int depth) {
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(4), least + 4);
        var array = JSON.arrayNode();
        for (int i = least + dice.below(most - least + 1); i > 0; i--) {
            array.add(of(schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode integer(JsonNode schema) {
        boolean small = "int32".equals(schema.path("format").asString(""));
        var least = bound(schema.get("minimum"), small ? Integer.MIN_VALUE : Long.MIN_VALUE);
        var most = bound(schema.get("maximum"), small ? Integer.MAX_VALUE : Long.MAX_VALUE);
        if (dice.chance(30)) {
            return JSON.numberNode(dice.pick(least, most));
        }
        var value = BigInteger.valueOf(dice.pick(0L, 1L, 2L, 4096L, 1L << 24, 1L << 28, (long) dice.below(100)));
        return JSON.numberNode(value.max(least).min(most));
    }

    private static BigInteger bound(@Nullable JsonNode given, long otherwise) {
        return given == null ? BigInteger.valueOf(otherwise) : given.bigIntegerValue();
    }

    private String text(JsonNode schema) {
        var pattern = schema.path("pattern").asString("");
        if (pattern.startsWith("^0[xX]")) {
            return "0x"
                    + Long.toHexString(dice.pick(
                            0L,
                            1L,
                            0xfffL,
                            0x100000L,
                            1L << 32,
                            1L << 46,
                            -1L,
                            -4096L,
                            dice.anyLong() & 0xffff_ffff_f000L));
        }
        if (pattern.contains("{64}")) {
            return "%016x".formatted(dice.anyLong()).repeat(4);
        }
        if (pattern.startsWith("^[A-Za-z0-9]")) {
            return dice.pick("a", "fuzz-" + dice.below(1000), "A.b_c-0", "x".repeat(63));
        }
        return switch (schema.path("format").asString("")) {
            case "date-time" ->
                dice.pick("2030-01-01T00:00:00Z", "1970-01-01T00:00:00.000000001+14:00", "9999-12-31T23:59:59.999999Z");
            case "uuid" -> new UUID(dice.anyLong(), dice.anyLong()).toString();
            case "byte" -> Base64.getEncoder().encodeToString(dice.bytes(dice.pick(0, 1, 64, 4096, 5000)));
            default ->
                dice.pick(
                        "",
                        "a",
                        "0",
                        "0-3",
                        "0-3,7",
                        "x86_64",
                        "x".repeat(schema.path("maxLength").asInt(100)));
        };
    }
}
