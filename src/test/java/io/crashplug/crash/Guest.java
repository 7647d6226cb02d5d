package io.crashplug.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.api.PlainClient;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A machine that the clients change; all begin with the same layout. */
record Guest(String name, String kernel, boolean hasSmallHeader) {

    /** CPUs that it has at the beginning. */
    static final List<Integer> CPUS = List.of(0, 1, 2, 3);

    /** First and last bytes of the memory that it has at the beginning. */
    static final List<List<String>> MEMORY = List.of(List.of("0x1000", "0x9fbff"), List.of("0x100000", "0x7ffddfff"));

    /** One of each kernel; the header of one has room for a page. */
    static List<Guest> ofEachKernel() {
        return List.of(
                new Guest("vm-6-9", "\"profile\": \"LINUX_6_9\"", false),
                new Guest(
                        "vm-6-6",
                        "\"profile\": \"LINUX_6_6\", \"nrCpusDefault\": 8, \"crashMaxMemoryRanges\": 50",
                        true),
                new Guest("vm-rfc", "\"profile\": \"RFC_V2\"", false),
                new Guest("vm-old", "\"profile\": \"LINUX_BEFORE_6_6\"", false));
    }

    String path() {
        return "/machines/" + name;
    }

    /** Creates it and loads its image. */
    void create(PlainClient service) throws IOException, InterruptedException {
        var memory = MEMORY.stream()
                .flatMap(range -> Stream.of("{\"start\": \"%s\", \"end\": \"%s\"}".formatted(range.toArray())))
                .toList();
        var body = """
            {"name": "%s", "kernel": {%s}, "cpus": {"possible": "0-7", "present": "0-3"},
             "memory": {"systemRam": %s, "crashKernel": {"start": "0x6f000000", "end": "0x7effffff"}}}
            """.formatted(name, kernel, memory);
        var created = service.send("POST", "/machines", body, "Content-Type", "application/json");
        assertThat(created.status()).as(created::text).isEqualTo(201);
        var load = service.send(
                "PUT",
                path() + "/crash-image",
                "{\"loadPath\": \"KEXEC_FILE_LOAD\"}",
                "Content-Type",
                "application/json");
        assertThat(load.status()).as(load::text).isEqualTo(201);
    }
}
