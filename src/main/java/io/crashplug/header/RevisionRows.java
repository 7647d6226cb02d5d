package io.crashplug.header;

import io.crashplug.persistence.SqlTime;
import java.sql.Types;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Appends revisions to the table that {@link HeaderRevision} maps, which each hotplug does. */
@Component
class RevisionRows {

    private static final String INSERT = """
            insert into header_revision (
                machine_id, revision, at, generation, mem, memsz_bytes, elfsz_bytes, phdr_count, sha256, loads_sha256,
                content_bytes, unknown_end, content_sha256, inputs_bytes, inputs_sha256, stored_bytes, base_revision)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final JdbcTemplate database;

    RevisionRows(JdbcTemplate database) {
        this.database = database;
    }

    void insert(HeaderRevision revision) {
        var header = revision.inForce();
        database.update(INSERT, row -> {
            row.setObject(1, revision.machineId());
            row.setLong(2, revision.revision());
            row.setObject(3, SqlTime.utc(header.at()));
            row.setObject(4, header.generation(), Types.BIGINT);
            row.setLong(5, revision.mem());
            row.setLong(6, revision.memszBytes());
            row.setInt(7, header.elfszBytes());
            row.setInt(8, header.phdrCount());
            row.setString(9, header.sha256());
            row.setString(10, revision.loadsSha256());
            row.setInt(11, revision.contentBytes());
            row.setLong(12, revision.unknownEnd());
            row.setString(13, revision.contentSha256());
            row.setObject(14, revision.inputsBytes(), Types.INTEGER);
            row.setString(15, revision.inputsSha256());
            row.setInt(16, revision.storedBytes());
            row.setObject(17, revision.baseRevision(), Types.BIGINT);
        });
    }
}
