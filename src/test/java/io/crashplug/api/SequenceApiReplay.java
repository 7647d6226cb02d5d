package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelConfig;
import io.crashplug.elfcore.KexecFlag;
import io.crashplug.testdata.Vectors;
import io.restassured.http.ContentType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A machine that lives through one sequence of the vectors. */
final class SequenceApiReplay {

    private static final Set<String> FAILURES = Set.of("NO_ELFCOREHDR", "NOT_BUILDABLE", "DOES_NOT_FIT");

    private final ApiTest api;
    private final JsonNode vector;
    private final SequenceGuest guest;
    private final String machine;
    private @Nullable HeaderBytes before;
    private @Nullable HeaderBytes after;
    private boolean indexKnown;
    private boolean indexWasKnown;
    private int ret;
    private boolean errorLogged;

    SequenceApiReplay(ApiTest api, JsonNode vector) {
        this.api = api;
        this.vector = vector;
        guest = new SequenceGuest(vector);
        machine = ApiTest.newName(Vectors.text(vector, "id"));
        var options = vector.get("config");
        var config = new KernelConfig(
                options.path("nr_cpus_default").intValue(64),
                options.path("max_memory_ranges").intValue(8192),
                options.path("memory_hotplug").intValue(1) == 1,
                options.path("hotplug_elfcorehdr_sz").longValue(131_072));
        api.create(
                Requests.guest(Vectors.profile(vector), config, guest.inputs()).put("name", machine));
    }

    /** Takes the step and compares everything that it expects. */
    void play(JsonNode step) {
        before = after;
        indexWasKnown = indexKnown;
        ret = 0;
        var changes = guest.changes(step);
        if (Vectors.text(step, "op").equals("load")) {
            load(step.get("args"));
        } else {
            // The vectors tell what has happened in the guest: the layout changes even where the header cannot follow.
            var event = api.hotplug(machine, Requests.changeSet(changes).put("whenTooLarge", "KEEP_STALE"));
            after = segment();
            var outcome = event.get("outcome").stringValue();
            assertThat(outcome.equals("REBUILT")).isEqualTo(!Objects.equals(after, before));
            errorLogged = FAILURES.contains(outcome);
        }
        var answer = api.api().get("/machines/{machine}/crash-image", machine);
        var image = ret == 0 ? ApiTest.body(answer, 200) : null;
        assertThat(answer.statusCode()).isEqualTo(ret == 0 ? 200 : 404);
        indexKnown = image != null && !image.get("elfcorehdrIndex").isNull();
        step.get("expect").properties().forEach(expected -> {
            var name = expected.getKey();
            assertThat(actual(name, image)).as(name).isEqualTo(value(name, expected.getValue()));
        });
    }

    private void load(JsonNode args) {
        boolean byKernel = args.get(0).stringValue().equals("file");
        var flags = byKernel
                ? List.<String>of()
                : Arrays.stream(KexecFlag.values())
                        .filter(flag -> (args.get(1).intValue() & flag.bit()) != 0)
                        .map(KexecFlag::name)
                        .toList();
        var answer = api.put(machine, byKernel ? Requests.FILE_LOAD : Requests.userspaceLoad(flags, guest.segments()));
        if (answer.statusCode() == 422) {
            ret = errno(ApiTest.body(answer, 422));
            return;
        }
        var image = ApiTest.body(answer, 201);
        after = segment();
        // A file load that knows no index has said on the console that the kernel is configured for too many headers.
        errorLogged = byKernel && image.get("elfcorehdrIndex").isNull();
    }

    static int errno(JsonNode problem) {
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/invalid-segments");
        return switch (problem.get("errno").stringValue()) {
            case "EINVAL" -> -22;
            case "EADDRNOTAVAIL" -> -99;
            default -> throw new AssertionError(problem);
        };
    }

    private Object actual(String name, @Nullable JsonNode image) {
        return switch (name) {
            case "ret" -> ret;
            case "loaded" ->
                api.api().get("/machines/{machine}/crash-image", machine).statusCode() == 200 ? 1 : 0;
            case "error_logged" -> errorLogged;
            case "idx" -> image.get("elfcorehdrIndex").intValue(-1);
            case "headers_sz" -> image.get("elfHeadersSizeBytes").intValue();
            case "mem" -> elfcorehdr(image).get("mem").stringValue();
            case "memsz" -> elfcorehdr(image).get("memszBytes").intValue();
            case "bufsz" -> elfcorehdr(image).get("bufszBytes").intValue();
            // The vectors count it as a change when the kernel first learns where the header is.
            case "changed" -> indexWasKnown && after.equals(before) ? 0 : 1;
            case "phnum" -> DecodedHeader.parse(after).ehdr().phnum();
            case "segment_sha256" -> {
                assertThat(elfcorehdr(image).get("sha256").stringValue()).isEqualTo(after.sha256());
                yield after.sha256();
            }
            case "segment_file" -> after;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The segment that begins with the ELF magic, whether or not the kernel has looked for it yet. */
    private @Nullable HeaderBytes segment() {
        var answer = api.api()
                .accept(ContentType.BINARY)
                .queryParam("extent", "segment")
                .get("/machines/{machine}/elfcorehdr", machine);
        assertThat(answer.statusCode()).isIn(200, 404);
        return answer.statusCode() == 200 ? HeaderBytes.of(answer.asByteArray()) : null;
    }

    private static JsonNode elfcorehdr(JsonNode image) {
        return image.get("segments").get(image.get("elfcorehdrIndex").intValue());
    }

    private static Object value(String name, JsonNode expected) {
        if (name.equals("segment_file")) {
            return HeaderBytes.of(Vectors.bytes(expected.stringValue()));
        }
        return expected.isBoolean()
                ? expected.booleanValue()
                : expected.isString() ? expected.stringValue() : (Object) expected.intValue();
    }
}
