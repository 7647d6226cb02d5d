package io.crashplug.intake;

/** What is asked for cannot be reserved for a crash kernel; the message says so in a sentence. */
public final class NoReservation extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoReservation(String sentence) {
        super(sentence);
    }
}
