package io.crashplug.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes one thing wrong, or at least odd, in a JSON value. */
final class JsonMutations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MANY = 1500;
    private static final int DEEP = 200;

    private final Dice dice;

    JsonMutations(Dice dice) {
        this.dice = dice;
    }

    /** A place in a tree that has a container around it. */
    private record Place(JsonNode container, @Nullable String name, int index) {

        JsonNode value() {
            return container instanceof ObjectNode object ? object.get(name) : container.get(index);
        }

        void set(JsonNode value) {
            if (container instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) container).set(index, value);
            }
        }

        void remove() {
            if (container instanceof ObjectNode object) {
                object.remove(name);
            } else {
                ((ArrayNode) container).remove(index);
            }
        }
    }

    private static void places(JsonNode node, List<Place> found) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> found.add(new Place(object, property.getKey(), 0)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                found.add(new Place(array, null, i));
            }
        }
        node.forEach(child -> places(child, found));
    }

    /** The value with something wrong in it, which may be the value itself. */
    JsonNode of(JsonNode value) {
        var root = JSON.arrayNode().add(value.deepCopy());
        var places = new ArrayList<Place>();
        places(root, places);
        var place = dice.pick(dice.chance(5) ? places.subList(0, 1) : places);
        switch (dice.below(8)) {
            case 0 -> removeOrNull(place);
            case 1 -> extra(place);
            case 2 -> many(place);
            default -> place.set(other(place.value()));
        }
        return root.isEmpty() ? JSON.missingNode() : root.get(0);
    }

    private void removeOrNull(Place place) {
        if (dice.chance(60)) {
            place.remove();
        } else {
            place.set(JSON.nullNode());
        }
    }

    private void extra(Place place) {
        var around = place.value() instanceof ObjectNode inner ? inner : place.container();
        if (around instanceof ObjectNode object) {
            object.set(dice.pick("extra", "", "__proto__", "id", "version", OddTexts.any(dice)), scalar());
        } else {
            ((ArrayNode) around).add(scalar());
        }
    }

    private void many(Place place) {
        if (place.container() instanceof ArrayNode array) {
            var one = place.value();
            for (int i = dice.pick(1, 2, MANY); i > 0; i--) {
                array.add(one.deepCopy());
            }
        } else {
            place.set(deep());
        }
    }

    private JsonNode deep() {
        JsonNode nested = scalar();
        for (int i = dice.pick(1, 40, DEEP); i > 0; i--) {
            nested = dice.chance(50)
                    ? JSON.arrayNode().add(nested)
                    : JSON.objectNode().set("a", nested);
        }
        return nested;
    }

    /** Of another type mostly, else beyond what is usual. */
    private JsonNode other(JsonNode value) {
        if (value.isString() && dice.chance(70)) {
            return JSON.stringNode(dice.chance(60) ? OddTexts.any(dice) : altered(value.stringValue()));
        }
        if (value.isNumber() && dice.chance(70)) {
            return number(value.decimalValue().toBigInteger());
        }
        return switch (dice.below(5)) {
            case 0 -> JSON.arrayNode();
            case 1 -> JSON.objectNode();
            case 2 -> JSON.arrayNode().add(value.deepCopy());
            default -> scalar();
        };
    }

    private String altered(String text) {
        int at = text.isEmpty() ? 0 : dice.below(text.length());
        return dice.pick(
                text.substring(0, at) + OddTexts.shortOne(dice) + text.substring(at),
                text.substring(0, at),
                text + text,
                text.toUpperCase(java.util.Locale.ROOT),
                " " + text,
                text + "\0",
                text.replaceFirst("[0-9a-f]", "g"));
    }

    private JsonNode number(BigInteger value) {
        return dice.<JsonNode>pick(
                JSON.numberNode(value.negate()),
                JSON.numberNode(value.add(BigInteger.ONE)),
                JSON.numberNode(value.subtract(BigInteger.ONE)),
                JSON.numberNode(value.shiftLeft(dice.pick(1, 12, 31, 63, 200))),
                JSON.numberNode(value.doubleValue() + 0.5),
                JSON.stringNode(value.toString()),
                scalar());
    }

    private JsonNode scalar() {
        return dice.<JsonNode>pick(
                JSON.nullNode(),
                JSON.booleanNode(true),
                JSON.numberNode(0),
                JSON.numberNode(-1),
                JSON.numberNode(Integer.MAX_VALUE),
                JSON.numberNode(Long.MAX_VALUE),
                JSON.numberNode(Long.MIN_VALUE),
                JSON.numberNode(BigInteger.ONE.shiftLeft(64)),
                JSON.numberNode(1e300),
                JSON.numberNode(0.5),
                JSON.stringNode(OddTexts.any(dice)));
    }
}
