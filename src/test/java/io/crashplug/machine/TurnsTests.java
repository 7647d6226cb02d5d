package io.crashplug.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class TurnsTests {

    private static final UUID MACHINE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @Test
    void changesOfOneMachineAreNeverAtOnce() {
        var turns = new Turns(60_000);
        var inside = new AtomicInteger();
        var together = new CountDownLatch(8);
        var seen = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.supplyAsync(
                        () -> {
                            together.countDown();
                            return IntStream.range(0, 200)
                                    .map(i -> turns.await(MACHINE, () -> {
                                        int now = inside.incrementAndGet();
                                        Thread.yield();
                                        inside.decrementAndGet();
                                        return now;
                                    }))
                                    .max()
                                    .orElseThrow();
                        },
                        task -> new Thread(task).start()))
                .toList();
        assertThat(seen).allSatisfy(most -> assertThat(most.join()).isEqualTo(1));
    }

    @Test
    void waitingEndsWithTheMachineAndLeavesOthersAlone() {
        var turns = new Turns(20);
        turns.await(MACHINE, () -> {
            assertThatThrownBy(() -> elsewhere(turns, MACHINE))
                    .hasRootCauseInstanceOf(CannotAcquireLockException.class)
                    .hasRootCauseMessage("waited 20 ms for other changes of machine " + MACHINE);
            assertThat(elsewhere(turns, OTHER)).isEqualTo("changed");
            return "held";
        });
        assertThat(elsewhere(turns, MACHINE)).isEqualTo("changed");
    }

    @Test
    void aChangeThatFailsEndsItsTurn() {
        var turns = new Turns(20);
        assertThatThrownBy(() -> turns.await(MACHINE, () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(elsewhere(turns, MACHINE)).isEqualTo("changed");
    }

    private static String elsewhere(Turns turns, UUID machine) {
        return CompletableFuture.supplyAsync(() -> turns.await(machine, () -> "changed"))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
