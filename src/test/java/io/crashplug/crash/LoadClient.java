package io.crashplug.crash;

import io.crashplug.api.PlainClient;
import io.crashplug.api.PlainClient.Answer;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One of several clients that change the same machines until they are told to stop, or nobody answers any more. */
final class LoadClient implements Callable<Void> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BEFORE_A_RETRY = Duration.ofMillis(200);

    private final String name;
    private final Load load;
    private final Random random;
    private final ChangeSets changeSets;
    private final AtomicBoolean stop;

    private int sent;

    LoadClient(String name, ChangeSets changeSets, Load load, long seed, AtomicBoolean stop) {
        this.name = name;
        this.load = load;
        this.random = new Random(seed);
        this.changeSets = changeSets;
        this.stop = stop;
    }

    @Override
    public @Nullable Void call() throws InterruptedException {
        while (!stop.get()) {
            var service = any(load.services());
            var attempt = next(service);
            var verdict = load.ledger().send(service, attempt);
            if (!load.ledger().isAccepted(attempt)) {
                learn(attempt.guest(), service);
            }
            if (load.retries()) {
                retry(attempt, verdict);
            } else if (verdict == null) {
                return null;
            }
        }
        return null;
    }

    /** A client with a key asks until it knows; one without a key never will. */
    private void retry(Attempt attempt, @Nullable Verdict first) throws InterruptedException {
        var deadline = Deadline.in(PATIENCE);
        for (var verdict = first; verdict != Verdict.IN_HISTORY; ) {
            LockSupport.parkNanos(BEFORE_A_RETRY.toNanos());
            if (!attempt.hasKey()) {
                return;
            }
            if (deadline.isOver()) {
                throw new AssertionError("%s is not answered within %s".formatted(attempt, PATIENCE));
            }
            verdict = load.ledger().send(any(load.services()), attempt);
        }
    }

    private Attempt next(PlainClient service) throws InterruptedException {
        var guest = any(load.guests());
        var reason = "%s-%d".formatted(name, sent++);
        var body = changeSets.next(guest, reason, random);
        var ifMatch = switch (random.nextInt(10)) {
            case 0 -> "\"0\"";
            case 1 -> version(guest, service);
            default -> null;
        };
        return new Attempt(guest, reason, body, random.nextBoolean(), ifMatch);
    }

    /** The machine's version, which may have changed when it is used; null if nobody tells it. */
    private static @Nullable String version(Guest guest, PlainClient service) throws InterruptedException {
        var machine = machine(guest, service);
        return machine == null
                ? null
                : machine.response().headers().firstValue("ETag").orElse(null);
    }

    private void learn(Guest guest, PlainClient service) throws InterruptedException {
        var machine = machine(guest, service);
        if (machine != null) {
            changeSets.learn(guest, machine.json());
        }
    }

    /** The machine; null if nobody tells. */
    private static @Nullable Answer machine(Guest guest, PlainClient service) throws InterruptedException {
        try {
            var answer = service.get(guest.path(), "application/json");
            if (answer.status() == 200) {
                return answer;
            }
            if (answer.status() == 503) {
                return null;
            }
            throw new AssertionError(answer.text());
        } catch (HttpTimeoutException e) {
            throw new AssertionError("no answer to a read of " + guest, e);
        } catch (IOException e) {
            return null;
        }
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
