/** Jobs that the packaged service does and then ends, asked for by an option of its command line. */
@NullMarked
package io.crashplug.command;

import org.jspecify.annotations.NullMarked;
