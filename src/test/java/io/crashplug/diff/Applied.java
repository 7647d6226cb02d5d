package io.crashplug.diff;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.Elf64Ehdr;
import io.crashplug.elfcore.Elf64Phdr;
import io.crashplug.elfcore.HeaderBytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a difference makes of a header: only names and values of changed fields are read, never the other header. */
final class Applied {

    private Applied() {}

    static DecodedHeader to(DecodedHeader from, HeaderDiff diff) {
        var phdrs = new ArrayList<>(from.phdrs());
        for (var changed : diff.changed()) {
            phdrs.set(changed.before().index(), phdr(phdrs.get(changed.before().index()), changed.fields()));
        }
        Set<Integer> removed = new HashSet<>();
        diff.removed().forEach(one -> removed.add(one.index()));
        Map<Integer, Elf64Phdr> added = new LinkedHashMap<>();
        diff.added().forEach(one -> added.put(one.index(), one.phdr()));
        var result = new ArrayList<Elf64Phdr>();
        for (int i = 0; i < phdrs.size(); i++) {
            while (added.containsKey(result.size())) {
                result.add(added.remove(result.size()));
            }
            if (!removed.contains(i)) {
                result.add(phdrs.get(i));
            }
        }
        while (added.containsKey(result.size())) {
            result.add(added.remove(result.size()));
        }
        if (!added.isEmpty()) {
            throw new IllegalStateException("no place for " + added);
        }
        return new DecodedHeader(ehdr(from.ehdr(), diff.ehdr()), result);
    }

    private static Elf64Phdr phdr(Elf64Phdr phdr, List<FieldChange> fields) {
        var values = values(Field.OF_PHDR, phdr, fields);
        return new Elf64Phdr(
                values.get("type").intValue(),
                values.get("flags").intValue(),
                values.get("offset").longValue(),
                values.get("virtualAddress").longValue(),
                values.get("physicalAddress").longValue(),
                values.get("fileSizeBytes").longValue(),
                values.get("memorySizeBytes").longValue(),
                values.get("align").longValue());
    }

    private static Elf64Ehdr ehdr(Elf64Ehdr ehdr, List<FieldChange> fields) {
        var values = values(Field.OF_EHDR, ehdr, fields);
        var ident = new byte[16];
        for (int i = 0; i < ident.length; i++) {
            ident[i] = values.get("ident").shiftRight(8 * (15 - i)).byteValue();
        }
        return new Elf64Ehdr(
                HeaderBytes.of(ident),
                values.get("type").intValue(),
                values.get("machine").intValue(),
                values.get("version").intValue(),
                values.get("entry").longValue(),
                values.get("phoff").longValue(),
                values.get("shoff").longValue(),
                values.get("flags").intValue(),
                values.get("ehsize").intValue(),
                values.get("phentsize").intValue(),
                values.get("phnum").intValue(),
                values.get("shentsize").intValue(),
                values.get("shnum").intValue(),
                values.get("shstrndx").intValue());
    }

    private static <H> Map<String, BigInteger> values(List<Field<H>> all, H header, List<FieldChange> changes) {
        var values = new LinkedHashMap<String, BigInteger>();
        all.forEach(field -> values.put(field.name(), field.value().apply(header)));
        for (var change : changes) {
            var was = values.put(change.name(), change.after());
            if (!change.before().equals(was)) {
                throw new IllegalStateException("%s was %s, not %s".formatted(change.name(), was, change.before()));
            }
        }
        return values;
    }
}
