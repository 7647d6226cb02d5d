/**
 * The ELF core header of kdump, byte for byte as Linux builds it: memory and CPUs as values, the rules of each
 * kernel as data, the format itself.
 *
 * <p>Pure: needs the JDK and nothing else. All integers of the format are little endian; all arithmetic on addresses
 * is modulo 2^64; ranges are inclusive at both ends.
 */
@NullMarked
package io.crashplug.elfcore;

import org.jspecify.annotations.NullMarked;
