/** Requests derived from the OpenAPI document and made wrong in every way that occurs to somebody hostile; and their wire. */
@NullMarked
package io.crashplug.fuzz;

import org.jspecify.annotations.NullMarked;
