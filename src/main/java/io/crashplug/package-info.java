/** Crashplug: keeps kdump's elfcorehdr right across CPU and memory hotplug, for fleets of virtual machines. */
@NullMarked
package io.crashplug;

import org.jspecify.annotations.NullMarked;
