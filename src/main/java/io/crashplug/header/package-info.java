/** Reads the elfcorehdr: fields, what each program header describes, the text form. */
@NullMarked
package io.crashplug.header;

import org.jspecify.annotations.NullMarked;
