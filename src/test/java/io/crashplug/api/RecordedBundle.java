package io.crashplug.api;

import io.crashplug.elfcore.CrashNotes;
import io.crashplug.testdata.RecordedStep;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a recorded guest tells of itself when it is imported. */
final class RecordedBundle {

    private RecordedBundle() {}

    /** All that an import takes, but for the present header. */
    static ObjectNode everything(RecordedStep step, String name) {
        var bundle = common(step, name)
                .put("vmcoreinfo", step.text("vmcoreinfo.txt"))
                .put("pageOffset", Requests.hex(step.pageOffset()));
        var notes = bundle.putArray("crashNotes");
        step.possible().stream()
                .map(cpu ->
                        Requests.note(cpu, step.notes().addressOf(cpu)).put("sizeBytes", CrashNotes.X86_64_SIZE_BYTES))
                .forEach(notes::add);
        var text = step.kernelText();
        bundle.putObject("kernelText")
                .put("virtualAddress", Requests.hex(text.virtualAddress()))
                .put("physicalAddress", Requests.hex(text.physicalAddress()))
                .put("sizeBytes", text.sizeBytes());
        return bundle;
    }

    /** The present header in the place of notes, vmcoreinfo, page offset and kernel text. */
    static ObjectNode withItsHeader(RecordedStep step, String name) {
        return common(step, name).put("elfcorehdr", step.head());
    }

    private static ObjectNode common(RecordedStep step, String name) {
        var bundle = JsonNodeFactory.instance
                .objectNode()
                .put("source", "guest")
                .put("name", name)
                .put("kernelRelease", step.text("version.txt").split(" ")[2])
                .put("iomem", step.text("iomem.txt"))
                .put(
                        "kexecCrashLoaded",
                        step.text("kexec_crash_loaded.txt").strip().equals("1"));
        bundle.putObject("cpus")
                .put("possible", step.text("cpu_possible.txt").strip())
                .put("present", step.text("cpu_present.txt").strip())
                .put("online", step.text("cpu_online.txt").strip());
        boolean inSysfs = !isAbsent(step, "crash_elfcorehdr_size.txt");
        bundle.put(
                "crashElfcorehdrSizeBytes",
                inSysfs ? Long.valueOf(step.text("crash_elfcorehdr_size.txt").strip()) : null);
        bundle.putObject("crashHotplug").put("cpu", flag(step, "cpu")).put("memory", flag(step, "memory"));
        return bundle;
    }

    private static @Nullable Boolean flag(RecordedStep step, String what) {
        var file = "crash_hotplug_%s.txt".formatted(what);
        return isAbsent(step, file) ? null : step.text(file).strip().equals("1");
    }

    private static boolean isAbsent(RecordedStep step, String file) {
        return step.text(file).strip().equals("absent");
    }
}
