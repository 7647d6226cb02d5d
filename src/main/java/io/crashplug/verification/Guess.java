package io.crashplug.verification;

/**
 * A header that the dump may hold, and how far it does.
 *
 * @param kexecTools whether userspace built it
 */
record Guess(Expected expected, Comparison comparison, boolean kexecTools) {

    static Guess of(Dump dump, Expected expected, boolean kexecTools) {
        return new Guess(expected, Comparison.of(dump, expected), kexecTools);
    }
}
