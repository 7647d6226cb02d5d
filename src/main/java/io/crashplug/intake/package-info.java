/** What guests tell of themselves: text in, a layout out. */
@NullMarked
package io.crashplug.intake;

import org.jspecify.annotations.NullMarked;
