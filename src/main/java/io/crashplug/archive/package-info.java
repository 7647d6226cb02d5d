/** All that is stored, as one file: written from a database, and read into another one. */
@NullMarked
package io.crashplug.archive;

import org.jspecify.annotations.NullMarked;
