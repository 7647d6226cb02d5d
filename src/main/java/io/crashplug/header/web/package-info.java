/** The elfcorehdr resource. */
@NullMarked
package io.crashplug.header.web;

import org.jspecify.annotations.NullMarked;
