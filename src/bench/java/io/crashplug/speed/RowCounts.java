package io.crashplug.speed;

/** Work that a database counted. */
record RowCounts(double commits, double inserted, double updated, double deleted, double fetched) {

    static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

    /** Some of what the database counts is its own, and some is of the service's start. */
    private static final double TOLERATED = 0.03;

    private static final double TOLERATED_AT_START = 1000;

    /** The feed's turns are so many in a second, whatever the number of events. */
    private static final double TOLERATED_OF_COMMITS = 0.15;

    RowCounts since(RowCounts before) {
        return new RowCounts(
                commits - before.commits,
                inserted - before.inserted,
                updated - before.updated,
                deleted - before.deleted,
                fetched - before.fetched);
    }

    RowCounts perEvent(int events) {
        return new RowCounts(commits / events, inserted / events, updated / events, deleted / events, fetched / events);
    }

    /** Fails unless the other side writes as much for each of its events; this side had as many. */
    void requireLike(RowCounts other, int events) {
        double slack = TOLERATED + TOLERATED_AT_START / events;
        boolean same = Math.abs(commits - other.commits) <= (slack + TOLERATED_OF_COMMITS) * other.commits
                && Math.abs(inserted - other.inserted) <= slack * other.inserted
                && Math.abs(updated - other.updated) <= slack * other.updated
                && Math.abs(deleted - other.deleted) <= slack * other.deleted;
        if (!same) {
            throw new IllegalStateException("the service and the floor do not do the same");
        }
    }

    @Override
    public String toString() {
        return "%.2f commits, rows: %.2f inserted, %.2f updated, %.2f deleted, %.1f fetched"
                .formatted(commits, inserted, updated, deleted, fetched);
    }
}
