package io.crashplug.api;

import static io.crashplug.api.Requests.FILE_LOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The reasons that an operator reads, with their numbers, and since when they hold. */
class ConditionTests extends ApiTest {

    private final String machine = newName("condition");

    private void createWith(String profile) {
        create(SmallGuest.text(machine, profile, SmallGuest.ONE_PAGE));
    }

    private JsonNode of(String type) {
        return machine(machine)
                .get("conditions")
                .valueStream()
                .filter(condition -> condition.get("type").stringValue().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private String message(String type) {
        return of(type).get("message").stringValue();
    }

    private String since(String type) {
        return of(type).get("lastTransitionTime").stringValue();
    }

    private void loadFromUserspace(List<String> flags, byte[] content) {
        load(machine, Requests.userspaceLoad(flags, List.of(Requests.segment(0x6f000000L, 8192, content))));
    }

    @Test
    void withoutReservedMemoryTheReasonIsThat() {
        var request = (ObjectNode) JSON.readTree(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        ((ObjectNode) request.get("memory")).putNull("crashKernel");
        create(request);
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False NoCrashKernel");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("Unknown NotLoaded");
    }

    @Test
    void unloadingSaysSo() {
        createWith("LINUX_6_9");
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False NotLoaded");
        load(machine, FILE_LOAD);
        assertThat(condition(machine, "KdumpReady")).isEqualTo("True HeaderCurrent");
        assertThat(message("KdumpReady")).isEqualTo("the header in force describes the layout, elfsz 4096");
        assertThat(message("HeaderCurrent"))
                .isEqualTo("the header in force equals a rebuild of the layout, elfsz 4096");
        assertThat(message("HeaderFits")).isEqualTo("elfsz 4096, memsz 4096");
        api().delete("/machines/{machine}/crash-image", machine);
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False NotLoaded");
        assertThat(condition(machine, "HeaderFits")).isEqualTo("Unknown NotLoaded");
    }

    @Test
    void anImageWithoutAHeaderSaysHowManySegmentsWereSearched() {
        createWith("LINUX_6_9");
        loadFromUserspace(List.of("KEXEC_ON_CRASH"), new byte[16]);
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False HeaderNotFound");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False HeaderNotFound");
        assertThat(condition(machine, "HeaderFits")).isEqualTo("Unknown HeaderNotFound");
        assertThat(message("KdumpReady")).isEqualTo("of 1 segments none begins with the ELF magic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINUX_6_6", "LINUX_6_9"})
    void anImageWithoutPermissionGoesStale(String profile) {
        createWith(profile);
        load(machine, FILE_LOAD);
        loadFromUserspace(List.of("KEXEC_ON_CRASH"), header(machine));
        assertThat(condition(machine, "KdumpReady")).isEqualTo("True HeaderCurrent");
        hotplug(machine, SmallGuest.addAll(1, 2));
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False UpdateNotPermitted");
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False HeaderStale");
        assertThat(message("HeaderCurrent"))
                .isEqualTo("the image was loaded without permission to rewrite its header: it has 13 program headers,"
                        + " a rebuild 15")
                .isEqualTo(message("KdumpReady"));
    }

    @Test
    void aKernelWithoutCrashHotplugGoesStale() {
        createWith("LINUX_BEFORE_6_6");
        load(machine, FILE_LOAD);
        hotplug(machine, SmallGuest.addAll(1, 2));
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False NoCrashHotplug");
        assertThat(message("HeaderCurrent")).endsWith("it has 9 program headers, a rebuild 11");
    }

    @Test
    void removedMemoryThatIsStillListedIsNamed() {
        createWith("LINUX_6_9");
        load(machine, FILE_LOAD);
        hotplug(machine, SmallGuest.addAll(1, 1));
        hotplug(machine, Requests.changeSet(SmallGuest.remove(1).put("stillListed", true)));
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False KernelRemovalLag");
        assertThat(message("HeaderCurrent")).contains("0x110000000-0x117ffffff");
    }

    @Test
    void aHeaderThatIsTooLargeGivesBothSizes() {
        createWith("LINUX_6_9");
        load(machine, FILE_LOAD);
        hotplug(machine, SmallGuest.addTooMuch().put("whenTooLarge", "KEEP_STALE"));
        assertThat(condition(machine, "HeaderFits")).isEqualTo("False TooLarge");
        assertThat(message("HeaderFits")).isEqualTo("elfsz 8192, memsz 4096");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False TooLarge");
    }

    @Test
    void userspacesHeaderIsComparedByCount() {
        createWith("LINUX_6_9");
        load(machine, FILE_LOAD);
        var header = header(machine);
        // One program header fewer, as a loader with rules of its own may write.
        header[56] = 12;
        loadFromUserspace(List.of("KEXEC_ON_CRASH", "KEXEC_CRASH_HOTPLUG_SUPPORT"), header);
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("Unknown UserspaceHeader");
        assertThat(message("HeaderCurrent")).endsWith("it has 12 program headers, a rebuild 13");
    }

    @Test
    void aTransitionIsAChangeOfStatusAndNothingElse() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.LARGE));
        load(machine, FILE_LOAD);
        var fits = since("HeaderFits");
        var current = since("HeaderCurrent");
        hotplug(machine, SmallGuest.addAll(1, 70));
        assertThat(message("HeaderFits")).startsWith("elfsz 8192");
        load(machine, FILE_LOAD);
        assertThat(since("HeaderFits")).isEqualTo(fits);
        assertThat(since("HeaderCurrent")).isEqualTo(current);

        hotplug(machine, Requests.changeSet(SmallGuest.remove(1).put("stillListed", true)));
        var stale = since("HeaderCurrent");
        assertThat(stale).isGreaterThan(current);
        assertThat(since("KdumpReady")).isEqualTo(stale);
        assertThat(since("HeaderFits")).isEqualTo(fits);
        hotplug(machine, Requests.changeSet(SmallGuest.remove(2).put("stillListed", true)));
        assertThat(since("HeaderCurrent")).isEqualTo(stale);
        // The same status for another reason is no transition either.
        var before = since("KdumpReady");
        load(machine, FILE_LOAD);
        assertThat(since("HeaderCurrent")).isGreaterThan(stale);
        assertThat(since("KdumpReady")).isGreaterThan(before);
    }

    @Test
    void aNewReasonWithTheSameStatusIsNoTransition() {
        createWith("LINUX_6_9");
        var notLoaded = since("KdumpReady");
        loadFromUserspace(List.of("KEXEC_ON_CRASH"), new byte[16]);
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False HeaderNotFound");
        assertThat(since("KdumpReady")).isEqualTo(notLoaded);
        assertThat(since("HeaderCurrent")).isGreaterThan(notLoaded);
    }
}
