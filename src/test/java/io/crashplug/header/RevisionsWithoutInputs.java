package io.crashplug.header;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Revisions in the form of versions of the service that did not keep what a header was built from. */
public final class RevisionsWithoutInputs {

    private RevisionsWithoutInputs() {}

    private record Key(UUID machine, long revision) {}

    /** Puts the pieces of all revisions into {@code to}, which has the rows that they belong to. */
    public static void write(Connection from, Connection to) throws SQLException {
        var whole = new HashMap<Key, byte[]>();
        var contents = new HashMap<Key, byte[]>();
        try (var select = from.createStatement();
                var rows = select.executeQuery("""
                        select machine_id, revision, content_bytes, coalesce(inputs_bytes, 0), base_revision
                        from header_revision order by machine_id, revision""");
                var length = to.prepareStatement(
                        "update header_revision set stored_bytes = ? where machine_id = ? and revision = ?");
                var piece = to.prepareStatement(
                        "insert into revision_piece (machine_id, revision, piece_index, bytes) values (?, ?, 0, ?)")) {
            while (rows.next()) {
                var key = new Key(rows.getObject(1, UUID.class), rows.getLong(2));
                var base = rows.getObject(5) == null ? null : new Key(key.machine, rows.getLong(5));
                var bytes = RevisionCodec.decode(stored(from, key), of(whole, base), rows.getInt(3) + rows.getInt(4));
                whole.put(key, bytes);
                contents.put(key, Arrays.copyOf(bytes, rows.getInt(3)));
                var small = RevisionCodec.encode(contents.get(key), of(contents, base));
                length.setInt(1, small.length);
                length.setObject(2, key.machine);
                length.setLong(3, key.revision);
                length.executeUpdate();
                piece.setObject(1, key.machine);
                piece.setLong(2, key.revision);
                piece.setBytes(3, small);
                piece.executeUpdate();
            }
        }
    }

    private static byte @Nullable [] of(Map<Key, byte[]> known, @Nullable Key key) {
        return key == null ? null : known.get(key);
    }

    private static byte[] stored(Connection database, Key key) throws SQLException {
        try (var select = database.prepareStatement(
                "select bytes from revision_piece where machine_id = ? and revision = ? order by piece_index")) {
            select.setObject(1, key.machine);
            select.setLong(2, key.revision);
            var bytes = new ByteArrayOutputStream();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    bytes.writeBytes(rows.getBytes(1));
                }
            }
            return bytes.toByteArray();
        }
    }
}
