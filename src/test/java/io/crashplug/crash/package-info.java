/** The packaged service as a process, and PostgreSQL as processes, killed while clients change machines. */
@NullMarked
package io.crashplug.crash;

import org.jspecify.annotations.NullMarked;
