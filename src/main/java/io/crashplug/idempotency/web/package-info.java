/** Idempotency-Key over HTTP. */
@NullMarked
package io.crashplug.idempotency.web;

import org.jspecify.annotations.NullMarked;
