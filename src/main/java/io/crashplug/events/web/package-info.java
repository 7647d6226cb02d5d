/** The events resource. */
@NullMarked
package io.crashplug.events.web;

import org.jspecify.annotations.NullMarked;
