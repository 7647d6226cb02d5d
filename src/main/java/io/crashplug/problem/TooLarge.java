package io.crashplug.problem;

/** A header that does not fit its segment, in the kernel's words and with its numbers. */
public final class TooLarge {

    private TooLarge() {}

    /** The sentence that Linux logs, with the segment's size unsigned. */
    public static String sentence(int elfszBytes, long memszBytes) {
        return "update elfcorehdr elfsz %d > memsz %s".formatted(elfszBytes, Long.toUnsignedString(memszBytes));
    }

    public static Problem problem(int elfszBytes, long memszBytes) {
        return Problem.of(ProblemType.ELFCOREHDR_TOO_LARGE, sentence(elfszBytes, memszBytes))
                .with("elfszBytes", elfszBytes)
                .with("memszBytes", memszBytes);
    }
}
