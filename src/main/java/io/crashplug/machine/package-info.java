/** Virtual machines: who they are, which kernel they run, the layout of their CPUs and memory, their conditions. */
@NullMarked
package io.crashplug.machine;

import org.jspecify.annotations.NullMarked;
