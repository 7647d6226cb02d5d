package io.crashplug.elfcore;

/** The system call that loaded a crash image. */
public enum LoadPath {
    /** kexec_file_load(2): the kernel builds the header and places the segments. */
    KEXEC_FILE_LOAD,
    /** kexec_load(2): userspace hands over finished segments. */
    KEXEC_LOAD
}
