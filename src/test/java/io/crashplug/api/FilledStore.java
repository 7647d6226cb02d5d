package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.access.ApiTokens;
import io.crashplug.access.NewToken;
import io.crashplug.security.Role;
import io.crashplug.security.Scope;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A store with everything in it, and no service on it; made once for all tests, which only read it.
 *
 * @param answers of the service that filled it, see {@link EverythingStored#answers}
 */
record FilledStore(Store store, Map<String, List<String>> answers) {

    private static final Map<Database, FilledStore> FILLED = new ConcurrentHashMap<>();

    static FilledStore on(Database database) {
        return FILLED.computeIfAbsent(database, FilledStore::fill);
    }

    /** One that is limited, will expire, was used and is revoked. */
    private static void tokens(ApiTokens tokens) {
        var expires = Instant.parse("2100-01-01T00:00:00Z");
        var token = new NewToken("odd", Role.OPERATOR, new Scope(Map.of("größe", "50%_\\")), expires);
        assertThat(tokens.recognise(tokens.create(token, "ada").text())).isPresent();
        tokens.revoke("odd", "grace");
    }

    /** One that has been sent something, or will be. */
    private static void webhook(ConfigurableApplicationContext service) {
        var database = service.getBean(JdbcClient.class);
        database.sql("""
                        insert into webhook (name, url, secret, types, paused, created_at, created_by, feed_position,
                            last_number, failures, retry_at)
                        values ('odd', 'https://192.0.2.7/größe', 'whsec_', 'machine.created machine.deleted', true,
                            current_timestamp, 'ada', 1, 1, 5, current_timestamp)""").update();
        database.sql("insert into webhook_label values ('odd', 'größe', '50%_\\')")
                .update();
        database.sql("""
                        insert into webhook_delivery (webhook_name, number, machine_id, sequence, state, attempts,
                            created_at, next_attempt_at, give_up_at, completed_at, last_status, last_error)
                        select 'odd', 1, machine_id, sequence, 'DEAD', 7, at, at, at, at, 500, 'answered 500'
                        from machine_event order by machine_id, sequence fetch first 1 rows only""").update();
    }

    private static FilledStore fill(Database database) {
        try {
            var store = Store.of(database);
            try (var service = store.start()) {
                EverythingStored.by(Store.client(service));
                tokens(service.getBean(ApiTokens.class));
                webhook(service);
                var answers = EverythingStored.answers(Store.client(service));
                assertThat(answers).hasSizeGreaterThan(80);
                return new FilledStore(store, answers);
            }
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
