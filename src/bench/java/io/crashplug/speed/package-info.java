/** The service over HTTP against the same statements sent by plain JDBC. */
@NullMarked
package io.crashplug.speed;

import org.jspecify.annotations.NullMarked;
