package io.crashplug.web;

/**
 * An answer failed after a part of it was sent. No problem can be answered any more; the connection is closed before
 * the answer's end, so that the client does not take the part for the whole.
 */
public final class BrokenOff extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BrokenOff(Exception cause) {
        super("an answer was broken off", cause);
    }
}
