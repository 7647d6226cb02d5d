package io.crashplug.diff;

import static io.crashplug.diff.Notation.ADDRESS;
import static io.crashplug.diff.Notation.IDENT;
import static io.crashplug.diff.Notation.NUMBER;
import static io.crashplug.diff.Notation.PHDR_TYPE;

import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A field of a header, under the name that the API has for it.
 *
 * @param <H> the header that has it
 * @param value reads it, unsigned
 */
record Field<H>(String name, Notation notation, Function<H, BigInteger> value) {

    /** The fields of the ELF header in the order in which they are stored. */
    static final List<Field<Elf64Ehdr>> OF_EHDR = List.of(
            new Field<>("ident", IDENT, ehdr -> new BigInteger(1, ehdr.ident().toByteArray())),
            ofInt("type", NUMBER, Elf64Ehdr::type),
            ofInt("machine", NUMBER, Elf64Ehdr::machine),
            ofInt("version", NUMBER, Elf64Ehdr::version),
            ofLong("entry", ADDRESS, Elf64Ehdr::entry),
            ofLong("phoff", NUMBER, Elf64Ehdr::phoff),
            ofLong("shoff", NUMBER, Elf64Ehdr::shoff),
            ofInt("flags", NUMBER, Elf64Ehdr::flags),
            ofInt("ehsize", NUMBER, Elf64Ehdr::ehsize),
            ofInt("phentsize", NUMBER, Elf64Ehdr::phentsize),
            ofInt("phnum", NUMBER, Elf64Ehdr::phnum),
            ofInt("shentsize", NUMBER, Elf64Ehdr::shentsize),
            ofInt("shnum", NUMBER, Elf64Ehdr::shnum),
            ofInt("shstrndx", NUMBER, Elf64Ehdr::shstrndx));

    /** The fields of a program header in the order in which they are stored. */
    static final List<Field<Elf64Phdr>> OF_PHDR = List.of(
            ofInt("type", PHDR_TYPE, Elf64Phdr::type),
            ofInt("flags", NUMBER, Elf64Phdr::flags),
            ofLong("offset", ADDRESS, Elf64Phdr::offset),
            ofLong("virtualAddress", ADDRESS, Elf64Phdr::vaddr),
            ofLong("physicalAddress", ADDRESS, Elf64Phdr::paddr),
            ofLong("fileSizeBytes", NUMBER, Elf64Phdr::filesz),
            ofLong("memorySizeBytes", NUMBER, Elf64Phdr::memsz),
            ofLong("align", NUMBER, Elf64Phdr::align));

    private static <H> Field<H> ofInt(String name, Notation notation, ToIntFunction<H> value) {
        return new Field<>(
                name, notation, header -> BigInteger.valueOf(Integer.toUnsignedLong(value.applyAsInt(header))));
    }

    private static <H> Field<H> ofLong(String name, Notation notation, ToLongFunction<H> value) {
        return new Field<>(name, notation, header -> unsigned(value.applyAsLong(header)));
    }

    private static BigInteger unsigned(long value) {
        return value >= 0 ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value));
    }

    /** Those of the fields that differ. */
    static <H> List<FieldChange> changes(List<Field<H>> fields, H before, H after) {
        return fields.stream()
                .map(field -> new FieldChange(
                        field.name, field.notation, field.value.apply(before), field.value.apply(after)))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }
}
