package io.crashplug.persistence;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The versions of the schema that this version of the service knows. */
public final class Migrations {

    /** Also those of other databases: a number belongs to one row of all of them. */
    private static final String SCRIPTS = "classpath*:db/**/V*__*.sql";

    private Migrations() {}

    /** The newest version of the schema, on whichever database. */
    public static MigrationVersion newestKnown() {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(SCRIPTS))
                    .map(Migrations::version)
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("there are no migrations"));
        } catch (IOException e) {
            throw new IllegalStateException("the migrations cannot be listed", e);
        }
    }

    private static MigrationVersion version(Resource script) {
        var name = String.valueOf(script.getFilename());
        return MigrationVersion.fromVersion(name.substring(1, name.indexOf("__")));
    }

    /** Takes the database to the newest version. Flyway by itself would pass over versions that it does not know. */
    public static void migrate(Flyway flyway) {
        refuseNewer(flyway);
        flyway.migrate();
    }

    /** Takes the database to a version that is known, and not on. */
    public static void migrate(Flyway flyway, MigrationVersion version) {
        refuseNewer(flyway);
        // With the mark, since not every database has a migration of each version.
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .target(version.getVersion() + "?")
                .load()
                .migrate();
    }

    private static void refuseNewer(Flyway flyway) {
        var current = flyway.info().current();
        var known = newestKnown();
        if (current != null
                && current.getVersion() != null
                && current.getVersion().isNewerThan(known)) {
            throw new NewerSchema(current.getVersion(), known);
        }
    }
}
