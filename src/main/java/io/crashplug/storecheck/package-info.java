/** Whether all that is stored belongs together: reports what is wrong, repairs nothing. */
@NullMarked
package io.crashplug.storecheck;

import org.jspecify.annotations.NullMarked;
