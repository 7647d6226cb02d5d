package io.crashplug.machine.web;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.machine.Cpus;
import io.crashplug.machine.Machine;
import io.crashplug.web.HexAddress;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine's CPUs on the wire. */
@Schema(name = "Cpus", description = "CPU sets in the kernel's list syntax; the empty text for none.")
public record CpusJson(
        @Schema(example = "0-7") String possible,
        @Schema(example = "0-1") String present,

        @Schema(example = "0-1", description = "As present where left out") @Nullable
        String online,

        @Schema(defaultValue = "368", minimum = "0") @Nullable
        Long crashNoteSizeBytes,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "A possible CPU without one has address 0")
        List<CrashNoteJson> crashNotes) {

    /** Where one CPU's notes lie, on the wire. */
    @Schema(name = "CrashNote")
    record CrashNoteJson(
            @Schema(minimum = "0", maximum = "8191") Integer cpu, HexAddress address) {

        CrashNoteJson {
            int number = InvalidField.required(cpu, "cpu");
            InvalidField.reading("cpu", () -> new CpuId(number));
            InvalidField.required(address, "address");
        }
    }

    public CpusJson {
        read(possible, "possible");
        read(present, "present");
        if (online != null) {
            read(online, "online");
        }
        InvalidField.between(0, Long.MAX_VALUE, crashNoteSizeBytes, 0, "crashNoteSizeBytes");
        var seen = new HashMap<CpuId, Long>();
        crashNotes = InvalidField.items(crashNotes, CpuId.MAX + 1, "crashNotes");
        var all = CpuSet.parse(possible);
        for (int i = 0; i < crashNotes.size(); i++) {
            var field = "crashNotes/" + i;
            var note = crashNotes.get(i);
            var cpu = new CpuId(note.cpu());
            if (seen.put(cpu, note.address().value()) != null) {
                throw new InvalidField(field + "/cpu", "CPU %s has two notes".formatted(cpu));
            }
            if (!all.contains(cpu)) {
                throw new InvalidField(field + "/cpu", "CPU %s is not among the possible CPUs".formatted(cpu));
            }
        }
    }

    private static CpuSet read(@Nullable String list, String field) {
        var text = InvalidField.required(list, field);
        return InvalidField.reading(field, () -> CpuSet.parse(text));
    }

    static CpusJson of(Machine machine, Cpus cpus) {
        return new CpusJson(
                cpus.possible().toString(),
                cpus.present().toString(),
                cpus.online().toString(),
                machine.crashNoteSizeBytes(),
                machine.crashNotes().byCpu().entrySet().stream()
                        .map(note -> new CrashNoteJson(note.getKey().number(), new HexAddress(note.getValue())))
                        .toList());
    }

    public Cpus cpus() {
        var plugged = CpuSet.parse(present);
        return new Cpus(CpuSet.parse(possible), plugged, online == null ? plugged : CpuSet.parse(online));
    }

    public CrashNotes notes() {
        var notes = new HashMap<CpuId, Long>();
        for (var note : crashNotes) {
            notes.put(new CpuId(note.cpu()), note.address().value());
        }
        return new CrashNotes(notes);
    }

    public long noteSizeBytes() {
        return crashNoteSizeBytes == null ? CrashNotes.X86_64_SIZE_BYTES : crashNoteSizeBytes;
    }

    /** Whether every possible CPU's notes were given. */
    boolean isExact() {
        return notes().given().containsAll(CpuSet.parse(possible));
    }
}
