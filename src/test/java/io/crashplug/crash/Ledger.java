package io.crashplug.crash;

import io.crashplug.api.PlainClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The clients' own book of what they sent and what they were answered. */
final class Ledger {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, Fate> fates = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger replayed = new AtomicInteger();

    /**
     * Sends an attempt, maybe once more, and writes down what comes of it; null if that is not known.
     *
     * @throws AssertionError if the service must not answer so, or does not answer for a minute
     */
    @Nullable
    Verdict send(PlainClient service, Attempt attempt) throws InterruptedException {
        var fate = fates.computeIfAbsent(attempt.reason(), reason -> new Fate(attempt));
        try {
            var answer = attempt.send(service);
            var verdict = Verdict.of(answer);
            fate.answered(answer, verdict);
            if (verdict == Verdict.IN_HISTORY) {
                answered.incrementAndGet();
                if (answer.response()
                        .headers()
                        .firstValue("Idempotency-Replayed")
                        .isPresent()) {
                    replayed.incrementAndGet();
                }
            }
            return verdict;
        } catch (ConnectException e) {
            // Nobody listened, so nothing was sent.
            return null;
        } catch (HttpTimeoutException e) {
            throw new AssertionError("no answer to " + attempt, e);
        } catch (IOException e) {
            fate.noAnswer();
            return null;
        }
    }

    /** Whether it is known that it was carried out. */
    boolean isAccepted(Attempt attempt) {
        return isAccepted(fates.get(attempt.reason()));
    }

    private static boolean isAccepted(Fate fate) {
        var answer = fate.answer();
        return answer != null && answer.status() == 201;
    }

    /** What became of all attempts, by reason. */
    Map<String, Fate> fates() {
        return fates;
    }

    /** The reasons of those that must be in the history. */
    List<String> acknowledged() {
        return fates.values().stream()
                .filter(fate -> fate.answer() != null)
                .map(fate -> fate.attempt().reason())
                .toList();
    }

    /** Attempts that may be sent again and whose fate is not known. */
    List<Attempt> toRetry() {
        return fates.values().stream()
                .filter(fate -> fate.answer() == null && fate.attempt().hasKey())
                .map(Fate::attempt)
                .toList();
    }

    /** Returns when so many more have been answered. */
    void awaitAnswers(int more) throws Exception {
        int enough = answered.get() + more;
        Deadline.in(PATIENCE).await(() -> more + " answers", () -> answered.get() >= enough);
    }

    int answers() {
        return answered.get();
    }

    /** For the report of a run. */
    String counts() {
        var all = fates.values();
        long kept = all.stream().filter(fate -> fate.answer() != null).count();
        long accepted = all.stream().filter(Ledger::isAccepted).count();
        long ambiguous = all.stream().filter(Fate::isAmbiguous).count();
        return "%d sent, %d acknowledged (%d carried out, %d refused), %d ambiguous, %d answers replayed"
                .formatted(all.size(), kept, accepted, kept - accepted, ambiguous, replayed.get());
    }
}
