/** The problems this service answers with: their names, their status, what they mean. */
@NullMarked
package io.crashplug.problem;

import org.jspecify.annotations.NullMarked;
