package io.crashplug.archive;

/**
 * The words of an archive's format: JSON Lines in one frame of Zstandard, and then the {@link Seal}. The first line
 * says what it is; each table begins with its name and columns, has a line for each row, and ends with their number;
 * the last line has the totals.
 */
final class Archive {

    /** The newest version of the format, and the only one so far. */
    static final int NEWEST_VERSION = 1;

    static final int ZSTD_LEVEL = 3;

    static final String FORMAT = "format";
    static final String NAME = "crashplug-archive";
    static final String VERSION = "version";
    static final String SCHEMA = "schemaVersion";
    static final String SERVICE = "serviceVersion";
    static final String AT = "createdAt";
    static final String TABLE = "table";
    static final String COLUMNS = "columns";
    static final String ROWS = "rows";
    static final String TABLES = "tables";

    private Archive() {}
}
