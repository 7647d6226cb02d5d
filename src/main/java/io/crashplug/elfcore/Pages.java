package io.crashplug.elfcore;

/** The page size of x86_64, by which headers, segments and images are measured. */
public final class Pages {

    public static final int SIZE_BYTES = 4096;

    private Pages() {}

    /** The next multiple of the page size, modulo 2^64. */
    public static long roundUp(long bytes) {
        return bytes + SIZE_BYTES - 1 & -SIZE_BYTES;
    }

    public static boolean isAligned(long bytes) {
        return (bytes & SIZE_BYTES - 1) == 0;
    }

    /** How many pages hold that many bytes, for an unsigned size. */
    public static long count(long bytes) {
        return (bytes >>> 12) + (isAligned(bytes) ? 0 : 1);
    }
}
