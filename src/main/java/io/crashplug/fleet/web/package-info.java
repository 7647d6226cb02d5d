/** The fleet resource. */
@NullMarked
package io.crashplug.fleet.web;

import org.jspecify.annotations.NullMarked;
