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

    private static FilledStore fill(Database database) {
        try {
            var store = Store.of(database);
            try (var service = store.start()) {
                EverythingStored.by(Store.client(service));
                tokens(service.getBean(ApiTokens.class));
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
