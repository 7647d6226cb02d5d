package io.crashplug.capacity;

/**
 * Something that ends the growth of a header.
 *
 * @param maxPhdrs program headers that it allows
 * @param freePhdrs program headers that it allows beyond the present ones; negative for as many too many
 * @param moreRanges ranges of memory that can be added before it
 * @param moreCpus possible CPUs that can be plugged before it
 * @param morePossibleCpus possible CPUs that a boot could add before it, with the memory as it is
 * @param detail the same as a sentence
 */
public record Limit(
        long maxPhdrs, long freePhdrs, long moreRanges, int moreCpus, long morePossibleCpus, String detail) {}
