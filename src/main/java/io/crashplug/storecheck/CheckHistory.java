package io.crashplug.storecheck;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a machine's history from end to end, a page at a time, and checks how its entries hang together. */
@Component
class CheckHistory {

    private static final int PAGE = 5_000;

    private final JdbcClient database;

    CheckHistory(JdbcClient database) {
        this.database = database;
    }

    void check(StoredMachine machine, Findings findings) {
        var digests = new Digests(machine.id(), findings);
        var chain = new HistoryChain(findings, digests::of);
        long last = Long.MIN_VALUE;
        List<StoredEntry> page;
        do {
            page = after(machine.id(), last);
            page.forEach(chain::next);
            last = page.isEmpty() ? last : page.get(page.size() - 1).sequence();
        } while (page.size() == PAGE);
        chain.end(machine);
    }

    private List<StoredEntry> after(UUID machine, long sequence) {
        return database.sql("""
                        select sequence, outcome, generation_before, generation_after, elfsz_bytes, header_revision,
                            sha256_before, sha256_after
                        from hotplug_event where machine_id = :machine and sequence > :sequence
                        order by machine_id, sequence limit :most""")
                .param("machine", machine)
                .param("sequence", sequence)
                .param("most", PAGE)
                .query((row, i) -> entry(row))
                .list();
    }

    private static StoredEntry entry(ResultSet row) throws SQLException {
        return new StoredEntry(
                row.getLong("sequence"),
                row.getString("outcome"),
                row.getLong("generation_before"),
                row.getLong("generation_after"),
                row.getObject("elfsz_bytes") != null,
                row.getObject("header_revision", Long.class),
                row.getString("sha256_before"),
                row.getString("sha256_after"));
    }

    /** What revisions hash to, read a page at a time while the history names them one after the other. */
    private final class Digests {

        private record Digest(long revision, String sha256) {}

        private final UUID machine;
        private final Findings findings;
        private final Deque<Digest> read = new ArrayDeque<>();
        private long last = Long.MIN_VALUE;
        private boolean all;

        private Digests(UUID machine, Findings findings) {
            this.machine = machine;
            this.findings = findings;
        }

        private @Nullable String of(long revision) {
            while (last < revision && !all) {
                read();
            }
            while (!read.isEmpty() && read.getFirst().revision() < revision) {
                read.removeFirst();
            }
            boolean sound = !read.isEmpty() && read.getFirst().revision() == revision && !findings.isDamaged(revision);
            return sound ? read.getFirst().sha256() : null;
        }

        private void read() {
            var page = database.sql("""
                            select revision, sha256 from header_revision
                            where machine_id = :machine and revision > :last order by machine_id, revision limit :most""")
                    .param("machine", machine)
                    .param("last", last)
                    .param("most", PAGE)
                    .query((row, i) -> new Digest(row.getLong(1), row.getString(2)))
                    .list();
            read.clear();
            read.addAll(page);
            all = page.size() < PAGE;
            last = page.isEmpty() ? last : page.get(page.size() - 1).revision();
        }
    }
}
