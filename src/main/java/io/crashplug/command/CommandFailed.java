package io.crashplug.command;

/** A job cannot be done; the message is a sentence that tells its user why and what to do. */
public class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CommandFailed(String sentence) {
        super(sentence);
    }

    public CommandFailed(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
