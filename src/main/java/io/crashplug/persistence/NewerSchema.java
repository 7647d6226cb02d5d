package io.crashplug.persistence;

import org.flywaydb.core.api.MigrationVersion;

/** The database was made by a newer version of the service; this one would not know what it reads. */
public final class NewerSchema extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Says which.
     *
     * @param found newest migration of the database
     * @param known newest migration of this version of the service
     */
    NewerSchema(MigrationVersion found, MigrationVersion known) {
        super("The database has schema version %s, and this version of Crashplug knows %s only."
                .formatted(found, known));
    }
}
