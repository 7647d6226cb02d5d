package io.crashplug.api;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no guest tells of itself, or what was lost on the way, makes no machine. */
class RefusedImportTests extends RefusalTest {

    private static final String RAM = "00001000-0009fbff : System RAM\\n00100000-7ffddfff : System RAM\\n";

    private static String bundle(String iomem, String more) {
        return "{\"name\": \"a\", \"iomem\": \"%s\"%s}".formatted(iomem, more);
    }

    private static String iomem(String text) {
        return bundle(text, "");
    }

    private static String field(String field) {
        return bundle(RAM, ", " + field);
    }

    private static String notes(String... notes) {
        return field("\"crashNotes\": [%s]".formatted(String.join(", ", notes)));
    }

    static Stream<Arguments> listings() {
        return Stream.of(
                row("{\"name\": \"a\"}", "/iomem", "iomem is missing"),
                row(iomem(""), "/iomem", "the listing has no System RAM"),
                row(
                        iomem("00000000-00000000 : System RAM\\n  00000000-00000000 : Crash kernel\\n"),
                        "/iomem",
                        "the addresses are all zero: /proc/iomem was read without privilege; read it as root"),
                row(
                        iomem(RAM + "00000000-00000000 : Crash kernel\\n"),
                        "/iomem",
                        "the addresses are all zero: /proc/iomem was read without privilege; read it as root"),
                row(iomem(RAM + "...\\n"), "/iomem", "the listing is cut at line 3"),
                row(
                        iomem(RAM + "[...]\\n100000000-10fffffff : System RAM\\n"),
                        "/iomem",
                        "the listing is cut at line 3"),
                row(
                        iomem(RAM + "100000000-10ff"),
                        "/iomem",
                        "line 3 has not the form of /proc/iomem, start-end : name"),
                row(
                        iomem(RAM + "100000000-10fffffff"),
                        "/iomem",
                        "line 3 has not the form of /proc/iomem, start-end : name"),
                row(
                        iomem("cat: /proc/iomem: Permission denied\\n"),
                        "/iomem",
                        "line 1 has not the form of /proc/iomem, start-end : name"),
                row(iomem("fd000000-fdffffff : PCI Bus 0000:00\\n"), "/iomem", "the listing has no System RAM"),
                row(iomem("00100000-00000fff : System RAM\\n"), "/iomem", "line 1 is no range of memory"),
                row(iomem("0000000000000000-10000000000000 : System RAM\\n"), "/iomem", "line 1 is no range of memory"),
                row(
                        iomem(RAM + "10000000-1fffffff : Crash kernel\\n20000000-2fffffff : Crash kernel\\n"
                                + "30000000-3fffffff : Crash kernel\\n"),
                        "/iomem",
                        "there are 3 Crash kernel ranges; Linux reserves two at most"));
    }

    static Stream<Arguments> facts() {
        return Stream.of(
                row("{\"iomem\": \"%s\"}".formatted(RAM), "/name", "name is missing"),
                row(
                        field("\"source\": \"libvirt\""),
                        "/source",
                        "\"libvirt\" is not the source of these fields, which is \"guest\""),
                row(
                        field("\"profile\": \"LINUX_2_6\""),
                        "/profile",
                        "\"LINUX_2_6\" is none of [LINUX_BEFORE_6_6, RFC_V2, LINUX_6_6, LINUX_6_9]"),
                row(
                        field("\"cpus\": {\"possible\": \"0-\"}"),
                        "/cpus/possible",
                        "\"0-\" is not a CPU list such as \"0-3,7\""),
                row(field("\"cpus\": {\"present\": \"8192\"}"), "/cpus/present", "CPU 8192 is not between 0 and 8191"),
                row(notes("{\"cpu\": 0}"), "/crashNotes/0/address", "address is missing"),
                row(
                        notes("{\"cpu\": 8192, \"address\": \"0x0\"}"),
                        "/crashNotes/0/cpu",
                        "CPU 8192 is not between 0 and 8191"),
                row(
                        notes("{\"cpu\": 0, \"address\": \"0x0\"}", "{\"cpu\": 0, \"address\": \"0x1000\"}"),
                        "/crashNotes/1/cpu",
                        "CPU 0 has two notes"),
                row(
                        notes(
                                "{\"cpu\": 0, \"address\": \"0x0\", \"sizeBytes\": 368}",
                                "{\"cpu\": 1, \"address\": \"0x1000\", \"sizeBytes\": 356}"),
                        "/crashNotes/1/sizeBytes",
                        "a guest's notes are all of one size, not of 368 and 356 bytes"),
                row(
                        field("\"vmcoreinfo\": \"43fa000\""),
                        "/vmcoreinfo",
                        "vmcoreinfo is an address and a size in hexadecimal, as \"0x00000000043fa000 1024\""),
                row(
                        field("\"vmcoreinfo\": \"0x00000000043fa000 1024 1\""),
                        "/vmcoreinfo",
                        "vmcoreinfo is an address and a size in hexadecimal, as \"0x00000000043fa000 1024\""),
                row(
                        field("\"crashElfcorehdrSizeBytes\": -1"),
                        "/crashElfcorehdrSizeBytes",
                        "crashElfcorehdrSizeBytes is -1, not between 0 and 9223372036854775807"),
                row(field("\"crashHotplug\": true"), "/crashHotplug", "crashHotplug is an object of cpu and memory"),
                row(field("\"crashHotplug\": {\"cpu\": 1}"), "/crashHotplug/cpu", "the value is not true or false"),
                row(
                        field("\"crashHotplug\": {\"disk\": true}"),
                        "/crashHotplug/disk",
                        "there is no field \"disk\" here"),
                row(field("\"kexecCrashLoaded\": 1"), "/kexecCrashLoaded", "the value is not true or false"),
                row(field("\"elfcorehdr\": \"f0VMRgIBAQ\""), "/elfcorehdr", "the value is not base64"),
                row(field("\"elfcorehdr\": \"not base64\""), "/elfcorehdr", "the value is not base64"),
                row(field("\"elfcorehdr\": \"\""), "/elfcorehdr", "0 bytes are fewer than the 64 of an ELF header"),
                row(
                        field("\"elfcorehdr\": \"f0VMRgIBAQA=\""),
                        "/elfcorehdr",
                        "8 bytes are fewer than the 64 of an ELF header"),
                row(field("\"dmesg\": \"\""), "/dmesg", "there is no field \"dmesg\" here"));
    }

    @ParameterizedTest
    @MethodSource({"listings", "facts"})
    void whatNoGuestTellsIsRefusedWithItsPlace(String bundle, String pointer, String sentence) {
        invalid(() -> post("/machine-imports", bundle), pointer, sentence);
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                row(
                        field("\"cpus\": {\"possible\": \"0-1\", \"present\": \"1-2\"}"),
                        "cpu-not-possible",
                        "present CPUs 2 are not among the possible CPUs 0-1"),
                row(
                        field("\"cpus\": {\"possible\": \"0-1\", \"present\": \"0\", \"online\": \"1\"}"),
                        "cpu-not-present",
                        "online CPUs 1 are not among the present CPUs 0"),
                row(
                        iomem(RAM + "7ffdd000-7fffffff : System RAM\\n"),
                        "range-overlap",
                        "0x7ffdd000-0x7fffffff overlaps System RAM 0x100000-0x7ffddfff"));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aLayoutThatNoGuestHasIsRefused(String bundle, String type, String sentence) {
        refused(() -> post("/machine-imports", bundle), 422, type, sentence);
    }

    @Test
    void aNameIsImportedOnce() {
        var name = newName("twice");
        importGuest(iomem(RAM).replace("\"a\"", "\"%s\"".formatted(name)));

        refused(
                () -> post("/machine-imports", iomem(RAM).replace("\"a\"", "\"%s\"".formatted(name))),
                409,
                "name-taken",
                "a machine is called \"%s\" already".formatted(name));
    }
}
