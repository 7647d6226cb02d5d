package io.crashplug.crash;

import io.crashplug.api.PlainClient.Answer;

/** What an answer says of a change set. */
enum Verdict {
    /** It is in the history, carried out or refused. */
    IN_HISTORY,
    /** This time it was not carried out. */
    NOT_CARRIED_OUT,
    /** It is in the history or it is not. */
    UNKNOWN;

    /**
     * Reads an answer.
     *
     * @throws AssertionError if the service must not answer so
     */
    static Verdict of(Answer answer) {
        if (answer.status() == 201) {
            return IN_HISTORY;
        }
        var type = answer.response().headers().firstValue("Content-Type").orElse("");
        if (type.equals("application/problem+json")) {
            var problem = answer.json();
            if (problem.has("sequence")) {
                return IN_HISTORY;
            }
            var retryAfter = answer.response().headers().firstValue("Retry-After");
            switch (problem.path("type").asString()) {
                case "/problems/idempotency-key-in-progress" -> {
                    return NOT_CARRIED_OUT;
                }
                case "/problems/machine-busy" -> {
                    if (retryAfter.isPresent()) return NOT_CARRIED_OUT;
                }
                case "/problems/database-unavailable" -> {
                    if (retryAfter.isPresent()) return UNKNOWN;
                }
                default -> {}
            }
        }
        throw new AssertionError("answered " + answer.response().headers() + " " + answer.text());
    }
}
