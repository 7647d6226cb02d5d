/** Reads the test data that all tests share: vectors made with the kernel's own functions and recordings of guests. */
@NullMarked
package io.crashplug.testdata;

import org.jspecify.annotations.NullMarked;
