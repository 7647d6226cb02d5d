/** Makes retries safe: what a request with an Idempotency-Key did is kept and not done again. */
@NullMarked
package io.crashplug.idempotency;

import org.jspecify.annotations.NullMarked;
