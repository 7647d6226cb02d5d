package io.crashplug.elfcore;

/** The bytes are not the ELF core header of an x86_64 Linux; the message says what is wrong with them. */
public class NotAnElfCoreHeader extends IllegalArgumentException {

    private final String detail;

    NotAnElfCoreHeader(String detail) {
        super(detail);
        this.detail = detail;
    }

    /** What is wrong with the bytes. */
    public String detail() {
        return detail;
    }
}
