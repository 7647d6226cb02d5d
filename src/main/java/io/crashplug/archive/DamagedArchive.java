package io.crashplug.archive;

/** Bytes are not a whole archive; the message says what is wrong, and stands behind the name of the file. */
final class DamagedArchive extends RuntimeException {

    private static final long serialVersionUID = 1;

    DamagedArchive(String what) {
        super(what);
    }

    DamagedArchive(String what, Throwable cause) {
        super(what, cause);
    }
}
