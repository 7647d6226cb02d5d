package io.crashplug.archive;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes an archive; the stream that it writes to stays open. */
final class ArchiveWriter implements AutoCloseable {

    private final SealedStream file;
    private final JsonGenerator json;
    private int tables;
    private long rows;
    private long rowsOfTable;

    ArchiveWriter(OutputStream out) throws IOException {
        file = new SealedStream(out);
        var zstd = new ZstdOutputStream(file, Archive.ZSTD_LEVEL);
        zstd.setChecksum(true);
        json = JsonFactory.builder()
                .rootValueSeparator("")
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build()
                .createGenerator(ObjectWriteContext.empty(), zstd);
    }

    void begin(MigrationVersion schema, @Nullable String service, Instant at) {
        json.writeStartObject();
        json.writeStringProperty(Archive.FORMAT, Archive.NAME);
        json.writeNumberProperty(Archive.VERSION, Archive.NEWEST_VERSION);
        json.writeStringProperty(Archive.SCHEMA, schema.getVersion());
        json.writeStringProperty(Archive.SERVICE, service);
        json.writeStringProperty(Archive.AT, at.toString());
        endLine();
    }

    void beginTable(Table table) {
        tables++;
        rowsOfTable = 0;
        json.writeStartObject();
        json.writeStringProperty(Archive.TABLE, table.commonName());
        json.writeName(Archive.COLUMNS);
        json.writeStartObject();
        for (var column : table.columns()) {
            json.writeStringProperty(column.commonName(), column.type().name());
        }
        json.writeEndObject();
        endLine();
    }

    void row(Table table, ResultSet row) throws SQLException {
        json.writeStartArray();
        for (int i = 0; i < table.columns().size(); i++) {
            table.columns().get(i).type().write(row, i + 1, json);
        }
        json.writeEndArray();
        json.writeRaw('\n');
        rows++;
        rowsOfTable++;
    }

    void endTable() {
        json.writeStartObject();
        json.writeNumberProperty(Archive.ROWS, rowsOfTable);
        endLine();
    }

    /** Ends the archive. Without this it is none. */
    Contents end() throws IOException {
        json.writeStartObject();
        json.writeNumberProperty(Archive.TABLES, tables);
        json.writeNumberProperty(Archive.ROWS, rows);
        endLine();
        json.close();
        file.seal();
        return new Contents(tables, rows, file.bytes(), file.sha256());
    }

    long rowsOfTable() {
        return rowsOfTable;
    }

    long bytes() {
        return file.bytes();
    }

    private void endLine() {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() {
        json.close();
    }
}
