/** The hotplug-events resource. */
@NullMarked
package io.crashplug.hotplug.web;

import org.jspecify.annotations.NullMarked;
