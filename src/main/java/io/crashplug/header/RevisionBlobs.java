package io.crashplug.header;

import io.crashplug.header.DamagedRevision.Part;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The small forms of revisions, put together of their pieces. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RevisionBlobs {

    /** Most bytes in one row, what H2 allows; nearly always one piece holds all. */
    private static final int PIECE_BYTES = 1024 * 1024;

    private final JdbcTemplate database;
    private final JdbcClient queries;

    RevisionBlobs(JdbcTemplate database, JdbcClient queries) {
        this.database = database;
        this.queries = queries;
    }

    void insert(UUID machine, long revision, byte[] small) {
        for (int i = 0; i * PIECE_BYTES < small.length; i++) {
            int index = i;
            int from = i * PIECE_BYTES;
            database.update(
                    "insert into revision_piece (machine_id, revision, piece_index, bytes) values (?, ?, ?, ?)",
                    row -> {
                        row.setObject(1, machine);
                        row.setLong(2, revision);
                        row.setInt(3, index);
                        row.setBytes(4, Arrays.copyOfRange(small, from, Math.min(from + PIECE_BYTES, small.length)));
                    });
        }
    }

    /** By revision, what is stored of it; those of which nothing is are left out. */
    Map<Long, byte[]> of(UUID machine, Collection<Long> revisions) {
        if (revisions.isEmpty()) {
            return Map.of();
        }
        var joined = new TreeMap<Long, ByteArrayOutputStream>();
        // The bounds keep H2, which does not look each of several numbers up, from reading all revisions of the
        // machine.
        queries.sql("""
                        select revision, bytes from revision_piece
                        where machine_id = :machine and revision >= :first and revision <= :last
                            and revision in (:revisions)
                        order by machine_id, revision, piece_index""")
                .param("machine", machine)
                .param("first", Collections.min(revisions))
                .param("last", Collections.max(revisions))
                .param("revisions", revisions)
                .query(row -> {
                    joined.computeIfAbsent(row.getLong(1), number -> new ByteArrayOutputStream())
                            .writeBytes(row.getBytes(2));
                });
        return joined.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, blob -> blob.getValue().toByteArray()));
    }

    /**
     * The bytes that one of them is the small form of.
     *
     * @param base the bytes of its base; null if it stands alone
     * @throws DamagedRevision if nothing is stored, or it is no small form
     */
    static byte[] decode(HeaderRevision revision, Map<Long, byte[]> blobs, byte @Nullable [] base) {
        var small = blobs.get(revision.revision());
        if (small == null) {
            throw DamagedRevision.of(Part.CONTENT, revision, "the stored bytes are gone");
        }
        if (small.length != revision.storedBytes()) {
            throw DamagedRevision.of(
                    Part.CONTENT,
                    revision,
                    "%d bytes are stored in place of %d".formatted(small.length, revision.storedBytes()));
        }
        try {
            return RevisionCodec.decode(small, base, revision.allBytes());
        } catch (RuntimeException e) {
            throw DamagedRevision.of(Part.CONTENT, revision, "the stored bytes cannot be decoded: " + e.getMessage());
        }
    }
}
