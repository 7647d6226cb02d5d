/** The crash image that kexec loaded: its segments, the bytes in them, and how far they are right. */
@NullMarked
package io.crashplug.crashimage;

import org.jspecify.annotations.NullMarked;
