/** The machines resource. */
@NullMarked
package io.crashplug.machine.web;

import org.jspecify.annotations.NullMarked;
