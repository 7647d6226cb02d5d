/** Values of the core and columns of the database: attribute converters, no queries. */
@NullMarked
package io.crashplug.persistence;

import org.jspecify.annotations.NullMarked;
