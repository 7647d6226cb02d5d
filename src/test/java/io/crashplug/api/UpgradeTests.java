package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** This version of the service on what each older schema held. */
class UpgradeTests {

    /** What is answered otherwise than by a service that had all from the beginning, and since which schema it is not. */
    private static final Map<String, String> LACKING_BEFORE = Map.of(
            "/elfcorehdr/revisions/N?extent=segment", "3",
            "/fleet", "4",
            "/verifications?pageSize=500", "5",
            "/elfcorehdr/revisions?pageSize=500", "7",
            "/events", "11");

    static Stream<Arguments> olderSchemas() throws IOException, SQLException {
        var all = Stream.<Arguments>builder();
        for (var database : Database.values()) {
            OlderStore.versions(database).forEach(version -> all.add(Arguments.of(database, version)));
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("olderSchemas")
    void whatWasStoredIsServedAndGoesOn(Database database, MigrationVersion version)
            throws IOException, SQLException, InterruptedException {
        var store = OlderStore.of(database, version);
        try (var service = store.start()) {
            var http = Store.client(service);
            assertThat(different(FilledStore.on(database).answers(), EverythingStored.answers(http)))
                    .isEqualTo(LACKING_BEFORE.keySet().stream()
                            .filter(path -> !version.isAtLeast(LACKING_BEFORE.get(path)))
                            .collect(Collectors.toSet()));
            EverythingStored.assertGoesOn(http);
        }
        var checked = store.job("--verify-store");
        assertThat(checked.status()).as(checked::toString).isZero();
    }

    /** The paths that are answered differently, without the machine and with N for a revision. */
    private static Set<String> different(Map<String, ?> expected, Map<String, ?> answers) {
        return expected.keySet().stream()
                .filter(path -> !expected.get(path).equals(answers.get(path)))
                .map(path -> path.replaceFirst("^/machines/[^/]+", "").replaceFirst("/\\d+\\?", "/N?"))
                .collect(Collectors.toSet());
    }
}
