package io.crashplug.elfcore;

/** The bytes are not the ELF core header of an x86_64 Linux; the message says what is wrong with them. */
public class NotAnElfCoreHeader extends IllegalArgumentException {

    NotAnElfCoreHeader(String message) {
        super(message);
    }
}
