package io.crashplug.fuzz;

import java.util.List;

/** Text that services have stumbled over. */
final class OddTexts {

    /** Also as a part of a path, a header or a query, where they are encoded. */
    static final List<String> SHORT = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\t\r\n",
            "\u0001\u001b[31m",
            "\u007f\u0085\u00a0\u2028\u2029",
            "\u202eabc",
            "\u200b",
            "\ufeff",
            "\uffff",
            "e\u0301",
            "\u00c5\u212b",
            "\u0130\u0131\u00df\u1e9e",
            "\uD83D\uDCA5",
            "\uDBFF\uDFFF",
            "\u2024\u2024/",
            ".",
            "..",
            "../../../../etc/passwd",
            "..\\..\\windows",
            "%00",
            "%2e%2e%2f",
            "%",
            "%zz",
            "/",
            "//",
            "\\",
            ";a=b",
            "?",
            "#",
            "*",
            "'",
            "\"",
            "'; drop table machine; --",
            "' or '1'='1",
            "%_\\",
            "${jndi:ldap://127.0.0.1:1/a}",
            "#{T(java.lang.Runtime).getRuntime()}",
            "<script>alert(1)</script>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "a\r\nX-Injected: b",
            "null",
            "true",
            "[]",
            "{}",
            "NaN",
            "Infinity",
            "-0",
            "0x",
            "0x0",
            "-0x1",
            "0x10000000000000000",
            "0xffffffffffffffff",
            "1e400",
            "0.1",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "2147483648",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:60Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-01T00:00:00",
            "0-4294967295",
            "0-3,",
            "3-0",
            "0-8191:2/1",
            "all",
            "KdumpReady=",
            "KdumpReady=False:",
            "=",
            "a=b=c");

    private static final int LONG = 5000;
    private static final int VERY_LONG = 70_000;

    private OddTexts() {}

    static String shortOne(Dice dice) {
        return dice.pick(SHORT);
    }

    static String any(Dice dice) {
        if (dice.chance(85)) {
            return shortOne(dice);
        }
        return dice.pick("a", "\u00e9", "\uD83D\uDCA5", "0", "9", "0-1,", "../", "\0", "\\")
                .repeat(dice.chance(70) ? LONG : VERY_LONG);
    }
}
