package io.crashplug.problem;

/** A header that cannot be built, in the kernel's words. */
public final class NotBuildable {

    /** The sentence that Linux logs. */
    public static final String SENTENCE = "unable to prepare elfcore headers";

    private NotBuildable() {}

    /** The problem with the kernel's error, as {@code ENOMEM}. */
    public static Problem problem(String errno) {
        return Problem.of(ProblemType.ELFCOREHDR_NOT_BUILDABLE, SENTENCE).with("errno", errno);
    }
}
