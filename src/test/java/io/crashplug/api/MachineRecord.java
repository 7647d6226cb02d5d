package io.crashplug.api;

import io.crashplug.elfcore.HeaderBytes;
import io.restassured.http.ContentType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All that the service shows of a machine, to be compared with the same at another time.
 *
 * @param etag version of the machine
 * @param crashImage its image, or the problem of there being none
 * @param segment the bytes of its header's segment; null while there are none
 */
record MachineRecord(
        String etag,
        JsonNode machine,
        JsonNode crashImage,
        @Nullable HeaderBytes segment,
        JsonNode history) {

    static MachineRecord of(ApiTest api, String name) {
        var machine = api.api().get("/machines/{machine}", name);
        var segment = api.api()
                .accept(ContentType.BINARY)
                .queryParam("extent", "segment")
                .get("/machines/{machine}/elfcorehdr", name);
        return new MachineRecord(
                machine.header("ETag"),
                ApiTest.JSON.readTree(machine.asByteArray()),
                ApiTest.JSON.readTree(
                        api.api().get("/machines/{machine}/crash-image", name).asByteArray()),
                segment.statusCode() == 200 ? HeaderBytes.of(segment.asByteArray()) : null,
                ApiTest.body(api.api().get("/machines/{machine}/hotplug-events?pageSize=500", name), 200));
    }
}
