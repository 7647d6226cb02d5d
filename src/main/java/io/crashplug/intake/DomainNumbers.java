package io.crashplug.intake;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as libvirt writes them; the rules are those of virScaleInteger(), src/util/virutil.c, libvirt 9.0. */
final class DomainNumbers {

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,20}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
    private static final Pattern UNIT = Pattern.compile("(?:b|bytes?)|([kmgtpe])(i?b)?");
    private static final String POWERS = "kmgtpe";
    private static final BigInteger MOST_BYTES = BigInteger.ONE.shiftLeft(52);

    private DomainNumbers() {}

    /**
     * The bytes of an element with a unit: KiB where left out; KB is 1000, K and KiB are 1024.
     *
     * @throws IllegalArgumentException if it is no size, or more than x86_64 can address
     */
    static long bytes(DomainXml size) {
        return bytes(size.text(), size.attribute("unit").orElse("KiB"), size.name());
    }

    /** As {@link #bytes(DomainXml)}; {@code name} is for the sentence of what is wrong. */
    static long bytes(String number, String unitText, String name) {
        var unit = UNIT.matcher(unitText.toLowerCase(Locale.ROOT));
        if (!DECIMAL.matcher(number).matches() || !unit.matches()) {
            throw new IllegalArgumentException(
                    "<%s> is \"%s\" \"%s\", which is no size".formatted(name, number, unitText));
        }
        var scale = BigInteger.ONE;
        if (unit.group(1) != null) {
            int base = "b".equals(unit.group(2)) ? 1000 : 1024;
            scale = BigInteger.valueOf(base).pow(1 + POWERS.indexOf(unit.group(1)));
        }
        var bytes = new BigInteger(number).multiply(scale);
        if (bytes.compareTo(MOST_BYTES) > 0) {
            throw new IllegalArgumentException("<%s> is %s bytes, more than x86_64 addresses".formatted(name, bytes));
        }
        return bytes.longValueExact();
    }

    /**
     * A number of things.
     *
     * @param most more are refused
     * @throws IllegalArgumentException if it is none, or more
     */
    static int count(String number, int most, String name) {
        if (!DECIMAL.matcher(number).matches() || new BigInteger(number).compareTo(BigInteger.valueOf(most)) > 0) {
            throw new IllegalArgumentException("%s is \"%s\", no number up to %d".formatted(name, number, most));
        }
        return Integer.parseInt(number);
    }

    /** An address, decimal or hexadecimal with 0x. */
    static long address(String number, String name) {
        if (HEXADECIMAL.matcher(number).matches()) {
            return Long.parseUnsignedLong(number.substring(2), 16);
        }
        return bytes(number, "b", name);
    }
}
