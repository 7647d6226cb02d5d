package io.crashplug.intake;

/**
 * Where a part of what is known of a machine comes from.
 *
 * @param part its name, for programs
 */
public record Origin(String part, From from) {

    /** The parts that imports tell of. */
    public static final String POSSIBLE_CPUS = "possibleCpus";

    public static final String PRESENT_CPUS = "presentCpus";
    public static final String ONLINE_CPUS = "onlineCpus";
    public static final String BOOT_MEMORY = "bootMemory";
    public static final String DEVICE_MEMORY = "deviceMemory";
    public static final String CRASH_KERNEL = "crashKernel";
    public static final String CRASH_NOTES = "crashNotes";
    public static final String VMCOREINFO = "vmcoreinfo";
    public static final String PAGE_OFFSET = "pageOffset";
    public static final String KERNEL_TEXT = "kernelText";
    public static final String PROFILE = "profile";

    /** Who told it. */
    public enum From {
        /** What was imported tells it. */
        SOURCE,
        /** The guest's present header tells it, which came with what was imported. */
        ELFCOREHDR,
        /** It was worked out of what was imported. */
        DERIVED,
        /** Nobody tells it, so it is the default. */
        DEFAULT,
        /** Nobody tells it, so it is what was known before. */
        BEFORE
    }
}
