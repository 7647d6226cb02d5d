package io.crashplug.persistence;

import io.crashplug.elfcore.PhysicalRange;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A range as text, {@code 0x6f000000-0x7effffff}. */
@Immutable
@Converter(autoApply = true)
public class RangeConverter implements AttributeConverter<PhysicalRange, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable PhysicalRange range) {
        return range == null ? null : range.toString();
    }

    @Override
    public @Nullable PhysicalRange convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : parse(text);
    }

    static PhysicalRange parse(String text) {
        int dash = text.indexOf('-');
        return new PhysicalRange(Long.decode(text.substring(0, dash)), Long.decode(text.substring(dash + 1)));
    }
}
