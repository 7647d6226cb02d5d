/** The crash-image resource. */
@NullMarked
package io.crashplug.crashimage.web;

import org.jspecify.annotations.NullMarked;
