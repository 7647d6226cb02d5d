package io.crashplug.persistence;

import io.crashplug.elfcore.PhysicalRange;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Ranges as text, {@code 0x1000-0x1fff,0x3000-0x3fff}; none as the empty text. */
@Immutable
@Converter
public class RangesConverter implements AttributeConverter<List<PhysicalRange>, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<PhysicalRange> ranges) {
        return ranges == null
                ? null
                : ranges.stream().map(PhysicalRange::toString).collect(Collectors.joining(","));
    }

    @Override
    public List<PhysicalRange> convertToEntityAttribute(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(text.split(",")).map(RangeConverter::parse).toList();
    }
}
