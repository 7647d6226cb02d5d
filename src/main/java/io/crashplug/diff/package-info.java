/** Compares two elfcorehdrs: fields, program headers and bytes that differ, in the domain's words. */
@NullMarked
package io.crashplug.diff;

import org.jspecify.annotations.NullMarked;
