package io.crashplug.crash;

import io.crashplug.api.AtOnce;
import io.crashplug.api.PlainClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Several clients at once, which believe what they believed the last time. */
final class Load {

    private static final int CLIENTS = 6;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration END = Duration.ofMinutes(3);

    private final List<Guest> guests;
    private final List<PlainClient> services;
    private final Ledger ledger;
    private final boolean retries;
    private final List<ChangeSets> changeSets =
            IntStream.range(0, CLIENTS).mapToObj(ChangeSets::new).toList();

    /**
     * Clients that do nothing yet.
     *
     * @param services what they send to, any of it
     * @param retries whether a client goes on when it got no answer, and asks again where it may
     */
    Load(List<Guest> guests, List<PlainClient> services, Ledger ledger, boolean retries) {
        this.guests = guests;
        this.services = services;
        this.ledger = ledger;
        this.retries = retries;
    }

    List<Guest> guests() {
        return guests;
    }

    List<PlainClient> services() {
        return services;
    }

    Ledger ledger() {
        return ledger;
    }

    boolean retries() {
        return retries;
    }

    /** What is done to processes while the clients work. */
    interface Disturbance {
        void run() throws Exception;
    }

    /**
     * Runs the clients, and meanwhile a disturbance; when that is over the clients end what they have begun.
     *
     * @param name of this round, for the names of attempts
     */
    void during(String name, Random random, Disturbance disturbance) throws Exception {
        var stop = new AtomicBoolean();
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(number ->
                        new LoadClient(name + "-" + number, changeSets.get(number), this, random.nextLong(), stop))
                .toList();
        var all = new FutureTask<@Nullable Void>(() -> {
            AtOnce.run(LIMIT, clients);
            return null;
        });
        new Thread(all, "load").start();
        try {
            disturbance.run();
        } finally {
            stop.set(true);
            try {
                all.get(END.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("a client failed", e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("the clients do not end", e);
            }
        }
    }
}
