/** The one transaction that changes a layout and a header, and its audit. */
@NullMarked
package io.crashplug.hotplug;

import org.jspecify.annotations.NullMarked;
