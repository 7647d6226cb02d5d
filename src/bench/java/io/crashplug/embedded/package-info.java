/** What an H2 file survives: writers that are killed again and again, with and without taking turns. */
@NullMarked
package io.crashplug.embedded;

import org.jspecify.annotations.NullMarked;
