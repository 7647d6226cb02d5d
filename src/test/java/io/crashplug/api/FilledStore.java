package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
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

    private static FilledStore fill(Database database) {
        try {
            var store = Store.of(database);
            try (var service = store.start()) {
                EverythingStored.by(Store.client(service));
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
