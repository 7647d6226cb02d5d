/** What all APIs share: problem documents, addresses as text, the conventions of the JSON. Knows no feature. */
@NullMarked
package io.crashplug.web;

import org.jspecify.annotations.NullMarked;
