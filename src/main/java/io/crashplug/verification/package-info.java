/** Compares bytes dumped from a guest with the headers that are held of it, and explains every difference exactly or not at all. */
@NullMarked
package io.crashplug.verification;

import org.jspecify.annotations.NullMarked;
