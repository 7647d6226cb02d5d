package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** On H2 transactions that write take turns, whatever they write. */
@TestPropertySource(properties = "crashplug.lock-timeout-millis=500")
class OneWriterTests extends ApiTest {

    private static final int LIMIT_SECONDS = 30;

    @Autowired
    private PlatformTransactionManager transactions;

    private final ExecutorService others = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private Future<Boolean> writer;

    @BeforeEach
    void somebodyWrites() throws InterruptedException {
        assumeTrue(Database.TESTED == Database.H2);
        writer = others.submit(() -> new TransactionTemplate(transactions).execute(status -> {
            begun.countDown();
            try {
                return end.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));
        assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void endAll() {
        end.countDown();
        others.shutdownNow();
    }

    private boolean write() {
        return new TransactionTemplate(transactions).execute(status -> true);
    }

    private boolean read() {
        var reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        return reading.execute(status -> true);
    }

    @Test
    void anotherOneWaitsUntilItIsOverOrForSomeTime() throws Exception {
        assertThatThrownBy(this::write).isInstanceOf(CannotAcquireLockException.class);
        end.countDown();
        assertThat(writer.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(write()).isTrue();
    }

    @Test
    void aReaderDoesNotWait() {
        assertThat(read()).isTrue();
    }

    @Test
    void whatFailsGivesItsTurnBack() throws Exception {
        end.countDown();
        assertThat(writer.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        var failing = others.submit(() -> new TransactionTemplate(transactions).execute(status -> {
            throw new IllegalStateException("on purpose");
        }));
        assertThatThrownBy(failing::get).hasMessageContaining("on purpose");
        assertThat(write()).isTrue();
    }
}
