/** How much a machine can still grow before its elfcorehdr meets a limit. */
@NullMarked
package io.crashplug.capacity;

import org.jspecify.annotations.NullMarked;
