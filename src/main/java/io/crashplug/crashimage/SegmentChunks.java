package io.crashplug.crashimage;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The stored bytes of all segments, read and written as rows: each hotplug does both. */
@Component
class SegmentChunks {

    private static final int ROWS_AT_ONCE = 100;

    private final JdbcTemplate database;

    SegmentChunks(JdbcTemplate database) {
        this.database = database;
    }

    /** The pieces of a segment before one of them, in order. */
    List<SegmentChunk> of(UUID machine, int segment, int below) {
        return database.query(
                """
                select chunk_index, bytes from segment_chunk
                where machine_id = ? and segment_index = ? and chunk_index < ? order by chunk_index""",
                row -> {
                    row.setObject(1, machine);
                    row.setInt(2, segment);
                    row.setInt(3, below);
                },
                (row, number) -> new SegmentChunk(row.getInt(1), row.getBytes(2)));
    }

    void insert(UUID machine, int segment, List<SegmentChunk> chunks) {
        write(
                "insert into segment_chunk (bytes, machine_id, segment_index, chunk_index) values (?, ?, ?, ?)",
                machine,
                segment,
                chunks);
    }

    /** Gives pieces that are stored other bytes. */
    void update(UUID machine, int segment, List<SegmentChunk> chunks) {
        write(
                "update segment_chunk set bytes = ? where machine_id = ? and segment_index = ? and chunk_index = ?",
                machine,
                segment,
                chunks);
    }

    private void write(String sql, UUID machine, int segment, List<SegmentChunk> chunks) {
        if (!chunks.isEmpty()) {
            database.batchUpdate(sql, chunks, ROWS_AT_ONCE, (row, chunk) -> {
                row.setBytes(1, chunk.bytes());
                row.setObject(2, machine);
                row.setInt(3, segment);
                row.setInt(4, chunk.index());
            });
        }
    }

    void delete(UUID machine, int segment, List<Integer> indexes) {
        if (!indexes.isEmpty()) {
            database.batchUpdate(
                    "delete from segment_chunk where machine_id = ? and segment_index = ? and chunk_index = ?",
                    indexes,
                    ROWS_AT_ONCE,
                    (row, index) -> {
                        row.setObject(1, machine);
                        row.setInt(2, segment);
                        row.setInt(3, index);
                    });
        }
    }

    void deleteAll(UUID machine) {
        database.update("delete from segment_chunk where machine_id = ?", machine);
    }
}
