package io.crashplug.persistence;

import io.crashplug.elfcore.CpuSet;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** CPUs in the kernel's list syntax. */
@Immutable
@Converter(autoApply = true)
public class CpuSetConverter implements AttributeConverter<CpuSet, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable CpuSet cpus) {
        return cpus == null ? null : cpus.toString();
    }

    @Override
    public @Nullable CpuSet convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : CpuSet.parse(text);
    }
}
