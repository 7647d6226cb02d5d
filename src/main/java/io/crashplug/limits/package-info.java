/** How much the service takes on, as its operator sets it. Knows no feature. */
@NullMarked
package io.crashplug.limits;

import org.jspecify.annotations.NullMarked;
