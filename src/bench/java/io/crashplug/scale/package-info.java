/** What the service costs with a large fleet, a long history and a large machine, beside a small one in the same run. */
@NullMarked
package io.crashplug.scale;

import org.jspecify.annotations.NullMarked;
