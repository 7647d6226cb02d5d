/** The machine-imports resource. */
@NullMarked
package io.crashplug.intake.web;

import org.jspecify.annotations.NullMarked;
