package io.crashplug.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes bytes of JSON, or any others, into bytes that are not quite that. */
final class BodyMutations {

    private static final int DEEP = 3000;

    private final Dice dice;

    BodyMutations(Dice dice) {
        this.dice = dice;
    }

    byte[] of(byte[] body) {
        return dice.chance(50) ? bytes(body) : text(new String(body, StandardCharsets.UTF_8));
    }

    private byte[] bytes(byte[] body) {
        int at = body.length == 0 ? 0 : dice.below(body.length);
        return switch (dice.below(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> flipped(body, at);
            case 2 -> joined(Arrays.copyOf(body, at), dice.bytes(3), Arrays.copyOfRange(body, at, body.length));
            case 3 -> joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, body);
            case 4 ->
                new String(body, StandardCharsets.UTF_8)
                        .getBytes(dice.pick(
                                StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1));
            default -> joined(body, dice.pick(new byte[] {0}, new byte[] {'}'}, body));
        };
    }

    private byte[] flipped(byte[] body, int at) {
        var changed = body.clone();
        if (changed.length > 0) {
            changed[at] ^= (byte) (1 << dice.below(8));
        }
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] text(String json) {
        return switch (dice.below(8)) {
            case 0 -> utf8(duplicateKey(json));
            case 1 -> utf8(json.replaceFirst("[0-9]+", dice.pick("01", "+1", ".5", "1.", "1e9999", "-", "NaN", "1_0")));
            case 2 -> utf8(json.replaceFirst("\"", dice.pick("'", "\\\"", "\"\\ud800", "\"\\u0000", "\"\\x")));
            case 3 -> utf8(json.replaceFirst(",", dice.pick(",,", ";", "", "/* a */,", ",// a\n")));
            case 4 -> utf8(dice.pick("[", "{\"a\":", "[[[{\"a\":").repeat(DEEP));
            case 5 -> utf8("9".repeat(dice.pick(50, 500, DEEP)));
            case 6 -> utf8(dice.pick("", " ", "\n", "null", "[]", "\"\"", "0", "true", "<a/>", "a=b", json + json));
            default -> utf8(json.replaceFirst("[\\]}]", dice.pick("]", "}", ",}", ",]", "")));
        };
    }

    /** The first key of the outermost object once more. */
    private String duplicateKey(String json) {
        int colon = json.indexOf(':');
        return json.startsWith("{") && colon > 0
                ? json.substring(0, colon) + ":" + dice.pick("null", "1", "\"a\"", "[]") + "," + json.substring(1)
                : json;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
