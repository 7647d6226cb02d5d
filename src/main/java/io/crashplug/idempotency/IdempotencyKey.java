package io.crashplug.idempotency;

import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import java.util.regex.Pattern;

/**
 * What a client calls a request, so that it can send it again.
 *
 * @param actor whose key it is; others may use the same
 * @param text 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String actor, String text) {

    private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    /** @throws ProblemException invalid-request if the key has another form */
    public IdempotencyKey {
        if (!FORM.matcher(text).matches()) {
            throw Problem.invalid("Idempotency-Key", "Idempotency-Key is not 1 to 255 visible ASCII characters")
                    .toException();
        }
    }
}
