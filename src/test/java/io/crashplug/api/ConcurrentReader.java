package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.HeaderBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Reads machines and their headers again and again while others change them. */
final class ConcurrentReader implements Callable<List<ConcurrentReader.Seen>> {

    private static final Pattern REVISION = Pattern.compile("-elfcorehdr-(\\d+)\\.bin");

    private final PlainClient http;
    private final List<String> machines;
    private final AtomicBoolean ended;
    private final List<Seen> seen = new ArrayList<>();

    ConcurrentReader(PlainClient http, List<String> machines, AtomicBoolean ended) {
        this.http = http;
        this.machines = machines;
        this.ended = ended;
    }

    /**
     * One look at a machine.
     *
     * @param what the number that the answer shows: "revision" or "generation"
     * @param content what the answer shows under that number, of which there must be one only
     */
    record Seen(String machine, String what, long number, String content) {}

    @Override
    public List<Seen> call() throws IOException, InterruptedException {
        while (!ended.get()) {
            for (var machine : machines) {
                look(machine);
            }
        }
        return seen;
    }

    private void look(String machine) throws IOException, InterruptedException {
        var path = "/machines/" + machine;
        var bytes = http.get(path + "/elfcorehdr", "application/octet-stream");
        assertThat(bytes.status()).as(bytes::text).isEqualTo(200);
        var fileName =
                bytes.response().headers().firstValue("Content-Disposition").orElseThrow();
        var revision = REVISION.matcher(fileName);
        assertThat(revision.find()).as(fileName).isTrue();
        var sha256 = HeaderBytes.of(bytes.response().body()).sha256();
        seen.add(new Seen(machine, "revision", Long.parseLong(revision.group(1)), sha256));

        var json = http.get(path, "application/json").json();
        var layout = "%d ranges, CPUs %s"
                .formatted(
                        json.get("memory").get("systemRam").size(),
                        json.get("cpus").get("present").stringValue());
        seen.add(new Seen(machine, "generation", json.get("generation").longValue(), layout));
    }
}
