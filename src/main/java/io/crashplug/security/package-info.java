/** Who asks, and what they may do. */
@NullMarked
package io.crashplug.security;

import org.jspecify.annotations.NullMarked;
