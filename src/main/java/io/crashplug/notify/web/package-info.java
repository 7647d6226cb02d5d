/** The events resource. */
@NullMarked
package io.crashplug.notify.web;

import org.jspecify.annotations.NullMarked;
