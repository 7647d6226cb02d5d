package io.crashplug.intake.web;

import io.crashplug.intake.GuestImport;
import io.crashplug.intake.HypervisorFacts;
import io.crashplug.intake.SyntheticLayout.Chipset;
import io.crashplug.machine.web.Descriptions;
import io.crashplug.web.InvalidField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads answers of QEMU; their fields are those of qapi/machine.json, QEMU 7.2. */
final class QmpReplies {

    private static final String DEVICES = "query-memory-devices";
    private static final String SLOTS = "query-hotpluggable-cpus";
    private static final String CPUS = "query-cpus-fast";
    private static final String SUMMARY = "query-memory-size-summary";
    private static final List<String> COMMANDS = List.of(DEVICES, SLOTS, CPUS, SUMMARY);

    /** More than x86_64 addresses is refused where it is laid out. */
    static final long MOST_BYTES = 1L << 52;

    private final JsonNode replies;
    private final List<GuestImport.Warning> warnings = new ArrayList<>();

    /** @throws InvalidField if one is no answer to a command that is read */
    QmpReplies(JsonNode replies) {
        this.replies = replies;
        if (!replies.isObject()) {
            throw new InvalidField("replies", "replies are an object of commands and what QEMU answered");
        }
        for (var command : replies.propertyNames()) {
            if (!COMMANDS.contains(command)) {
                throw new InvalidField(
                        "replies/" + Descriptions.escaped(command),
                        "\"%s\" is none of %s".formatted(command, String.join(", ", COMMANDS)));
            }
        }
    }

    HypervisorFacts facts(@Nullable String name, String machineType) {
        var told = list(DEVICES);
        var devices = new QmpDevices(warnings);
        if (told != null) {
            told.forEach(devices::read);
        }
        var slots = new QmpCpus(list(SLOTS), list(CPUS), warnings);
        return new HypervisorFacts(
                "QEMU",
                name,
                "",
                slots.possible(),
                slots.present(),
                Chipset.of(machineType, warnings::add),
                value(SUMMARY) == null
                        ? null
                        : Long.valueOf(
                                new JsonFields(value(SUMMARY), pointer(SUMMARY)).number("base-memory", 0, MOST_BYTES)),
                devices.known(),
                told == null ? null : devices.others(),
                warnings);
    }

    private @Nullable List<JsonFields> list(String command) {
        var list = value(command);
        return list == null ? null : JsonFields.list(list, pointer(command));
    }

    private static String pointer(String command) {
        return "replies/" + command;
    }

    /** What a command was answered, without what is around it; null if it was not asked. */
    private @Nullable JsonNode value(String command) {
        var reply = replies.get(command);
        if (reply == null || reply.isNull()) {
            return null;
        }
        if (reply.isObject() && reply.has("error")) {
            throw new InvalidField(pointer(command), "QEMU answered with an error");
        }
        return reply.isObject() && reply.has("return") ? reply.get("return") : reply;
    }
}
