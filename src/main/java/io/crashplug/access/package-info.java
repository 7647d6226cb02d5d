/** API tokens: who may use the service, and what for. */
@NullMarked
package io.crashplug.access;

import org.jspecify.annotations.NullMarked;
