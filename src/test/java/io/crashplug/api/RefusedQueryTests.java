package io.crashplug.api;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters with a value they cannot have, by their name. */
class RefusedQueryTests extends RefusalTest {

    private final String machine = newName("query");

    @BeforeEach
    void loadImage() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /machines                      | pageSize  | 0             | pageSize is 0, not between 1 and 500
            /machines                      | pageSize  | 501           | pageSize is 501, not between 1 and 500
            /machines                      | pageSize  | many          | pageSize has a value it cannot have
            /machines                      | pageSize  | 99999999999   | pageSize has a value it cannot have
            /machines                      | pageToken | ***           | pageToken is not one that a page gave
            /machines                      | pageToken | eHl6          | pageToken is not one that a page gave
            /machines                      | label     | host          | "host" has not the form key=value
            /machines                      | label     | =h1           | "=h1" has not the form key=value
            /machines                      | condition | KdumpReady    | "KdumpReady" has not the form key=value
            /machines                      | condition | Ready=True    | "Ready=True" is no condition such as KdumpReady=False or KdumpReady=False:NotLoaded
            /machines                      | condition | Verified=Maybe | "Verified=Maybe" is no condition such as KdumpReady=False or KdumpReady=False:NotLoaded
            /machines/{m}/hotplug-events   | pageSize  | -1            | pageSize is -1, not between 1 and 500
            /machines/{m}/hotplug-events   | pageToken | eHl6          | pageToken is not one that a page gave
            /machines/{m}/hotplug-events   | outcome   | DONE          | outcome has a value it cannot have
            /machines/{m}/hotplug-events   | action    | add_cpu       | action has a value it cannot have
            /machines/{m}/hotplug-events   | since     | yesterday     | since has a value it cannot have
            /machines/{m}/hotplug-events   | until     | 2026-11-22    | until has a value it cannot have
            /machines/{m}/hotplug-events   | order     | newest        | order is asc or desc
            /store-checks                  | pageSize  | 0             | pageSize is 0, not between 1 and 500
            /store-checks                  | pageSize  | 501           | pageSize is 501, not between 1 and 500
            /store-checks                  | pageToken | eHl6          | pageToken is not one that a page gave
            """)
    void aValueThatAListCannotBeAskedForIsRefused(String path, String parameter, String value, String sentence) {
        invalid(() -> api().queryParam(parameter, value).get(path.replace("{m}", machine)), parameter, sentence);
    }

    @Test
    void anExtentIsOneOfTwo() {
        invalid(
                () -> api().accept("application/octet-stream")
                        .queryParam("extent", "all")
                        .get("/machines/{machine}/elfcorehdr", machine),
                "extent",
                "extent is header or segment");
    }

    @Test
    void aDryRunIsOneOrNot() {
        invalid(
                () -> post("/machines/" + machine + "/hotplug-events?dryRun=maybe", SmallGuest.addAll(1, 1)),
                "dryRun",
                "dryRun has a value it cannot have");
    }

    @ParameterizedTest
    @CsvSource({
        "/hotplug-events/first, sequence",
        "/hotplug-events/9223372036854775808, sequence",
        "/crash-image/segments/x/content, index"
    })
    void aNumberInAPathIsANumber(String path, String variable) {
        invalid(
                () -> api().get("/machines/{machine}" + path, machine),
                variable,
                variable + " has a value it cannot have");
    }

    @Test
    void whatNoMachineCanBeCalledIsNotLookedFor() {
        refused(
                () -> api().queryParam("machine", "a\0").get("/store-checks"),
                404,
                "not-found",
                "there is no machine \"a\0\"");
    }

    /** PostgreSQL's text cannot hold NUL, so it cannot be compared with it either. */
    @ParameterizedTest
    @CsvSource({
        "/machines, name, %00, name holds a NUL character",
        "/machines, label, k=%00, label holds a NUL character",
        "/machines/{m}/hotplug-events, actor, %00, actor holds a NUL character"
    })
    void aNulIsRefused(String path, String parameter, String value, String sentence) {
        invalid(
                () -> api().urlEncodingEnabled(false).get(path.replace("{m}", machine) + "?" + parameter + "=" + value),
                parameter,
                sentence);
    }
}
