/** Differences of two elfcorehdrs as JSON. */
@NullMarked
package io.crashplug.diff.web;

import org.jspecify.annotations.NullMarked;
