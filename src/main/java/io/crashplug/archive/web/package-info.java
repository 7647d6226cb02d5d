/** The archive of a running service. */
@NullMarked
package io.crashplug.archive.web;

import org.jspecify.annotations.NullMarked;
