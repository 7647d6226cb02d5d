package io.crashplug.persistence;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CrashNotes;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.HashMap;
import java.util.stream.Collectors;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Addresses of notes by CPU as text, {@code 0=6ca3d800,1=6cabd800}. */
@Immutable
@Converter(autoApply = true)
public class CrashNotesConverter implements AttributeConverter<CrashNotes, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable CrashNotes notes) {
        return notes == null
                ? null
                : notes.byCpu().entrySet().stream()
                        .map(note -> note.getKey() + "=" + Long.toHexString(note.getValue()))
                        .collect(Collectors.joining(","));
    }

    @Override
    public @Nullable CrashNotes convertToEntityAttribute(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return text == null ? null : CrashNotes.NONE;
        }
        var notes = new HashMap<CpuId, Long>();
        for (var note : text.split(",", -1)) {
            int equals = note.indexOf('=');
            notes.put(
                    new CpuId(Integer.parseInt(note.substring(0, equals))),
                    Long.parseUnsignedLong(note.substring(equals + 1), 16));
        }
        return new CrashNotes(notes);
    }
}
