package io.crashplug.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.stereotype.Service;

/** Writes all that is stored at one moment, while the service goes on working. */
@Service
public class WriteArchive {

    /** Rows that are fetched at once: of the largest, pieces of revisions, that is at most 64 MiB. */
    private static final int FETCHED_ROWS = 64;

    private final DataSource database;
    private final Clock clock;

    WriteArchive(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes an archive to a stream, which stays open.
     *
     * @throws IllegalStateException if there are no tables, or something that an archive cannot hold
     */
    public Contents to(OutputStream out) throws IOException, SQLException {
        return to(out, Progress.UNSEEN);
    }

    Contents to(OutputStream out, Progress progress) throws IOException, SQLException {
        try (var moment = OneMoment.of(database)) {
            var connection = moment.connection();
            var schema = SchemaHistory.newest(connection)
                    .orElseThrow(() -> new IllegalStateException("the database has no tables of Crashplug"));
            try (var archive = new ArchiveWriter(out)) {
                archive.begin(schema, getClass().getPackage().getImplementationVersion(), clock.instant());
                for (var table : Tables.of(connection)) {
                    write(table, connection, archive, progress);
                }
                return archive.end();
            }
        }
    }

    private static void write(Table table, Connection connection, ArchiveWriter archive, Progress progress)
            throws SQLException {
        archive.beginTable(table);
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_ROWS);
            try (var rows = statement.executeQuery(table.select())) {
                while (rows.next()) {
                    archive.row(table, rows);
                    progress.row(table.commonName(), archive.rowsOfTable(), archive.bytes());
                }
            }
        }
        archive.endTable();
    }
}
