/** Authentication and authorization over HTTP, and the API of tokens. */
@NullMarked
package io.crashplug.access.web;

import org.jspecify.annotations.NullMarked;
