package io.crashplug.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;

/** A 64-bit address as JSON text, {@code "0x140000000"}: a JSON number would lose bits above 2^53. Unsigned. */
@Schema(type = "string", pattern = "^0[xX][0-9a-fA-F]{1,16}$", example = "0x140000000")
public record HexAddress(long value) {

    private static final Pattern FORM = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");

    @JsonCreator
    public static HexAddress parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not an address such as \"0x140000000\"".formatted(shortened(text)));
        }
        return new HexAddress(Long.parseUnsignedLong(text.substring(2), 16));
    }

    @JsonValue
    @Override
    public String toString() {
        return "0x" + Long.toHexString(value);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
