package io.crashplug.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Words without commas as text, {@code KEXEC_ON_CRASH,KEXEC_UPDATE_ELFCOREHDR}; none as the empty text. */
@Immutable
@Converter
public class WordsConverter implements AttributeConverter<List<String>, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<String> words) {
        return words == null ? null : String.join(",", words);
    }

    @Override
    public List<String> convertToEntityAttribute(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}
