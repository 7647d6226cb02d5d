package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A service that is told to end carries out what it has begun, and takes on nothing new. */
class GracefulShutdownTests {

    private static final String CPU = "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 2}]}";

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static boolean isRefused(PlainClient client) {
        try {
            client.send("GET", "/machines", "");
            return false;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    void whatHasBegunIsAnswered()
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        var store = Store.of(Database.H2);
        var service = store.start();
        var client = Store.client(service);
        client.send(
                "POST", "/machines", SecuredTest.machine("m", Map.of()).toString(), "Content-Type", "application/json");
        CompletableFuture<PlainClient.Answer> answer;
        CompletableFuture<Void> end;
        try (var other = DriverManager.getConnection(store.url(), store.user(), store.password())) {
            other.setAutoCommit(false);
            other.createStatement().executeQuery("select id from machine for update");
            answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.send("POST", "/machines/m/hotplug-events", CPU, "Content-Type", "application/json");
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            // It waits for the row.
            await(() -> store.database()
                            .sql("select count(*) from information_schema.sessions where blocker_id is not null")
                            .query(Integer.class)
                            .single()
                    > 0);
            end = CompletableFuture.runAsync(service::close);
            var another = Store.client(service);
            await(() -> isRefused(another));
            assertThat(answer).isNotDone();
            other.rollback();
        }
        assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);
        end.get(30, TimeUnit.SECONDS);
        assertThat(service.isActive()).isFalse();
        assertThatThrownBy(() -> client.send("GET", "/machines", "")).isInstanceOf(IOException.class);
    }
}
