package io.crashplug.security;

/** The machines that whoever is being served knows of. */
@FunctionalInterface
public interface CurrentScope {

    /** {@link Scope#EVERYTHING} without authentication, and for jobs. */
    Scope get();
}
