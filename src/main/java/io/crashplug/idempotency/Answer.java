package io.crashplug.idempotency;

import io.crashplug.elfcore.HeaderBytes;
import java.util.List;

/**
 * An answer over HTTP as it was, or will be, sent.
 *
 * @param headers lines of the form {@code name: value}
 * @param changedSomething whether it tells of a change or of an audited refusal: only such an answer is kept
 * @param replayed whether it was given before
 */
public record Answer(int status, List<String> headers, HeaderBytes body, boolean changedSomething, boolean replayed) {

    public Answer {
        headers = List.copyOf(headers);
    }
}
