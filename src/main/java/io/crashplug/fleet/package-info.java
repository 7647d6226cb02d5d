/** What holds of all machines together: how many are in which condition, which run out of room, which are stale. */
@NullMarked
package io.crashplug.fleet;

import org.jspecify.annotations.NullMarked;
