package io.crashplug.notify;

/** Nothing may be sent to a URL; the message says why, in a sentence. */
public class TargetRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    TargetRefused(String sentence) {
        super(sentence);
    }
}
