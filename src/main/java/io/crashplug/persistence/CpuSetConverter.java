package io.crashplug.persistence;

import io.crashplug.elfcore.CpuSet;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** CPUs in the kernel's list syntax. */
@Converter(autoApply = true)
public class CpuSetConverter implements AttributeConverter<CpuSet, String> {

    @Override
    public String convertToDatabaseColumn(CpuSet cpus) {
        return cpus == null ? null : cpus.toString();
    }

    @Override
    public CpuSet convertToEntityAttribute(String text) {
        return text == null ? null : CpuSet.parse(text);
    }
}
