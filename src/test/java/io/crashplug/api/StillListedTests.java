package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.KernelProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Removed memory that the header still lists, from the removal to the rebuild or load that ends it. */
class StillListedTests extends ApiTest {

    private static final String LAG = "False KernelRemovalLag";
    private static final String CURRENT = "True EqualsRebuild";

    private final String machine = newName("listed");

    /** A guest with block 1 beside block 0; its header lists both. */
    private void create(KernelProfile profile, int crashMaxMemoryRanges) {
        create(SmallGuest.text(machine, profile.name(), crashMaxMemoryRanges));
        load(machine, Requests.FILE_LOAD);
        hotplug(machine, SmallGuest.addAll(1, 1));
    }

    private static ObjectNode removeStillListed(int block) {
        return Requests.changeSet(SmallGuest.remove(block).put("stillListed", true));
    }

    /** Where the header's memory above 4 GiB begins. */
    private String listed() {
        var starts = new StringBuilder();
        for (var phdr : elfcorehdr(machine).get("phdrs")) {
            var start = phdr.get("physicalAddress").stringValue();
            if (phdr.get("describes").stringValue().equals("System RAM") && start.length() > 10) {
                starts.append(starts.isEmpty() ? "" : " ").append(start);
            }
        }
        return starts.toString();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINUX_BEFORE_6_6")
    void theLayoutLosesTheMemoryAtOnceAndTheHeaderAtTheNextMemoryEvent(KernelProfile profile) {
        create(profile, SmallGuest.LARGE);

        var removal = hotplug(machine, removeStillListed(1));

        assertThat(removal.get("outcome").stringValue()).isEqualTo("UNCHANGED");
        assertThat(removal.get("changes").get(0).get("stillListed").booleanValue())
                .isTrue();
        assertThat(machine(machine).get("memory").get("systemRam")).hasSize(3);
        assertThat(listed()).isEqualTo("0x100000000 0x110000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(LAG);
        assertThat(condition(machine, "KdumpReady")).isEqualTo("False HeaderStale");

        assertThat(hotplug(machine, SmallGuest.addAll(2, 1)).get("outcome").stringValue())
                .isEqualTo("REBUILT");
        assertThat(listed()).isEqualTo("0x100000000 0x120000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(CURRENT);
    }

    @Test
    void theNextRemovalListsItsOwnMemoryOnly() {
        create(KernelProfile.LINUX_6_9, SmallGuest.LARGE);
        hotplug(machine, removeStillListed(1));

        assertThat(hotplug(machine, removeStillListed(0)).get("outcome").stringValue())
                .isEqualTo("REBUILT");

        assertThat(listed()).isEqualTo("0x100000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(LAG);
    }

    @Test
    void aRemovalThatSaysNothingOfItLeavesTheMemoryOut() {
        create(KernelProfile.LINUX_6_9, SmallGuest.LARGE);

        assertThat(hotplug(machine, Requests.changeSet(SmallGuest.remove(1).put("stillListed", false)))
                        .get("outcome")
                        .stringValue())
                .isEqualTo("REBUILT");

        assertThat(listed()).isEqualTo("0x100000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(CURRENT);
    }

    @Test
    void aPartMayStillBeListed() {
        create(KernelProfile.LINUX_6_9, SmallGuest.LARGE);
        var part = "{\"start\": \"0x110000000\", \"sizeBytes\": 4096}";

        var event = hotplug(machine, """
                {"changes": [{"action": "REMOVE_MEMORY", "stillListed": %s,
                              "range": {"start": "0x110000000", "sizeBytes": 134217728}}]}
                """.formatted(part));

        assertThat(event.get("outcome").stringValue()).isEqualTo("REBUILT");
        assertThat(event.get("changes").get(0).get("stillListed"))
                .isEqualTo(JSON.readTree("{\"start\": \"0x110000000\", \"end\": \"0x110000fff\"}"));
        assertThat(listed()).isEqualTo("0x100000000 0x110000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(LAG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x110000000", "0x118000000"})
    void memoryThatComesBackEndsIt(String start) {
        create(KernelProfile.LINUX_6_9, SmallGuest.LARGE);
        hotplug(machine, removeStillListed(1));

        hotplug(machine, """
                {"changes": [{"action": "ADD_MEMORY", "range": {"start": "%s", "sizeBytes": 134217728}}]}
                """.formatted(start));

        assertThat(listed()).isEqualTo("0x100000000 " + start);
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(CURRENT);
    }

    @Test
    void aLoadEndsIt() {
        create(KernelProfile.LINUX_6_9, SmallGuest.LARGE);
        hotplug(machine, removeStillListed(1));

        load(machine, Requests.FILE_LOAD);

        assertThat(listed()).isEqualTo("0x100000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(CURRENT);
    }

    @Test
    void aCpuEventEndsItWhereItRebuildsTheHeader() {
        create(KernelProfile.RFC_V2, SmallGuest.LARGE);
        hotplug(machine, removeStillListed(1));

        hotplug(machine, "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 4}]}");

        assertThat(listed()).isEqualTo("0x100000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(CURRENT);
    }

    @Test
    void aCpuEventThatIsSkippedKeepsIt() {
        create(KernelProfile.LINUX_6_9, SmallGuest.LARGE);
        hotplug(machine, removeStillListed(1));

        hotplug(machine, "{\"changes\": [{\"action\": \"ADD_CPU\", \"cpu\": 4}]}");

        assertThat(listed()).isEqualTo("0x100000000 0x110000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(LAG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEEP_STALE", "REFUSE"})
    void anUpdateThatFailsKeepsIt(String whenTooLarge) {
        create(KernelProfile.LINUX_6_9, SmallGuest.ONE_PAGE);
        hotplug(machine, removeStillListed(1));

        post(
                "/machines/" + machine + "/hotplug-events",
                SmallGuest.addAll(2, 70).put("whenTooLarge", whenTooLarge));

        assertThat(listed()).isEqualTo("0x100000000 0x110000000");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo(LAG);
    }

    @Test
    void aRemovalThatFailsDoesNotBeginIt() {
        create(KernelProfile.LINUX_6_9, SmallGuest.ONE_PAGE);
        hotplug(machine, SmallGuest.addAll(2, 70).put("whenTooLarge", "KEEP_STALE"));

        var event = hotplug(machine, removeStillListed(1).put("whenTooLarge", "KEEP_STALE"));

        assertThat(event.get("outcome").stringValue()).isEqualTo("DOES_NOT_FIT");
        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False TooLarge");
    }

    @Test
    void aKernelThatRewritesNoHeaderHasNoNextRebuildToWaitFor() {
        create(SmallGuest.text(machine, "LINUX_BEFORE_6_6", SmallGuest.LARGE));
        load(machine, Requests.FILE_LOAD);

        hotplug(machine, removeStillListed(0));

        assertThat(condition(machine, "HeaderCurrent")).isEqualTo("False NoCrashHotplug");
    }
}
