package io.crashplug.elfcore;

/** How building a header ended. */
public sealed interface HeaderBuild {

    /** The header was built. */
    record Built(ElfCoreHeader header) implements HeaderBuild {}

    /** The kernel would say "unable to prepare elfcore headers" and leave the old one. */
    record NotBuildable(Errno errno) implements HeaderBuild {}
}
