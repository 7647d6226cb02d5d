/** Checks of the store over HTTP. */
@NullMarked
package io.crashplug.storecheck.web;

import org.jspecify.annotations.NullMarked;
