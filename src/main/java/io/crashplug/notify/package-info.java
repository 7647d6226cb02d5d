/** What happened to machines, told in one order to whoever follows: a feed of CloudEvents, written with each change. */
@NullMarked
package io.crashplug.notify;

import org.jspecify.annotations.NullMarked;
