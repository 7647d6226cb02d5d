/** The capacity resource. */
@NullMarked
package io.crashplug.capacity.web;

import org.jspecify.annotations.NullMarked;
