package io.crashplug.api;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A machine that several clients change. */
record SharedMachine(String kernel, String name) {

    /** One that has room for any header, one that has room for a page, and kernels that treat events otherwise. */
    static List<SharedMachine> oneOfEachKind() {
        return List.of(
                of("\"profile\": \"LINUX_6_9\"", "shared"),
                of("\"profile\": \"LINUX_6_9\", \"nrCpusDefault\": 8, \"crashMaxMemoryRanges\": 50", "shared"),
                of("\"profile\": \"RFC_V2\"", "shared"),
                of("\"profile\": \"LINUX_BEFORE_6_6\"", "shared"));
    }

    private static SharedMachine of(String kernel, String prefix) {
        return new SharedMachine(kernel, ApiTest.newName(prefix));
    }

    /** Another one of the same kind. */
    SharedMachine twin() {
        return new SharedMachine(kernel, name + "-twin");
    }

    String request() {
        return """
            {"name": "%s", "kernel": {%s}, "cpus": {"possible": "0-7", "present": "0-3"},
             "memory": {"systemRam": [{"start": "0x1000", "end": "0x9fbff"}, {"start": "0x100000", "end": "0x7ffddfff"}],
                        "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"}}}
            """.formatted(name, kernel);
    }

    /** The request for a machine of the newest profile, to alter before it is sent. */
    static ObjectNode described(String prefix) {
        return (ObjectNode)
                ApiTest.JSON.readTree(of("\"profile\": \"LINUX_6_9\"", prefix).request());
    }

    /** The name in a machine's JSON. */
    static String nameOf(JsonNode machine) {
        return machine.get("name").stringValue();
    }
}
