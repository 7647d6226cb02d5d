/** Verifications over HTTP. */
@NullMarked
package io.crashplug.verification.web;

import org.jspecify.annotations.NullMarked;
