/** Speaks to the running service as its clients do: over a real port, on a database in a real file. */
@NullMarked
package io.crashplug.api;

import org.jspecify.annotations.NullMarked;
