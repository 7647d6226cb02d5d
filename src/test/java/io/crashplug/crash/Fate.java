package io.crashplug.crash;

import io.crashplug.api.PlainClient.Answer;
import org.jspecify.annotations.Nullable;

/** What became of an attempt, as far as its client knows. */
final class Fate {

    private final Attempt attempt;
    private @Nullable Answer answer;
    private boolean ambiguous;

    Fate(Attempt attempt) {
        this.attempt = attempt;
    }

    Attempt attempt() {
        return attempt;
    }

    /** The answer that tells what is in the history. */
    synchronized @Nullable Answer answer() {
        return answer;
    }

    /** Whether a try of it may have been carried out without that its client learned of it then. */
    synchronized boolean isAmbiguous() {
        return ambiguous;
    }

    synchronized void noAnswer() {
        ambiguous = true;
    }

    synchronized void answered(Answer given, Verdict verdict) {
        switch (verdict) {
            case IN_HISTORY -> answer = given;
            case UNKNOWN -> ambiguous = true;
            case NOT_CARRIED_OUT -> {}
        }
    }
}
