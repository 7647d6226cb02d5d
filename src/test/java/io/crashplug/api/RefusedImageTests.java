package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are malformed, or that the kernel would refuse, leave the loaded one alone. */
class RefusedImageTests extends RefusalTest {

    private static final String PAGE = "\"mem\": \"0x6f000000\", \"memszBytes\": 4096, \"bufszBytes\": 4";

    private final String machine = newName("no-image");

    @BeforeEach
    void loadImage() {
        create(SmallGuest.text(machine, "LINUX_6_9", SmallGuest.ONE_PAGE));
        load(machine, Requests.FILE_LOAD);
    }

    private static String image(String... segments) {
        return "{\"loadPath\": \"KEXEC_LOAD\", \"segments\": [%s]}".formatted(String.join(", ", segments));
    }

    private static String page(String field) {
        return image("{%s, %s}".formatted(PAGE, field));
    }

    private static String segment(String mem, String memsz, String bufsz) {
        return "{\"mem\": \"%s\", \"memszBytes\": %s, \"bufszBytes\": %s}".formatted(mem, memsz, bufsz);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                row("{}", "/loadPath", "loadPath is missing"),
                row(
                        "{\"loadPath\": \"KEXEC_JUMP\"}",
                        "/loadPath",
                        "\"KEXEC_JUMP\" is none of [KEXEC_FILE_LOAD, KEXEC_LOAD]"),
                row(
                        "{\"loadPath\": \"KEXEC_FILE_LOAD\", \"flags\": []}",
                        "/flags",
                        "KEXEC_FILE_LOAD does not take flags"),
                row(
                        "{\"loadPath\": \"KEXEC_FILE_LOAD\", \"segments\": []}",
                        "/segments",
                        "KEXEC_FILE_LOAD does not take segments"),
                row("{\"loadPath\": \"KEXEC_LOAD\"}", "/segments", "segments is missing"),
                row(image(), "/segments", "an image has at least one segment; DELETE unloads"),
                row(image("null"), "/segments/0", "segments/0 is missing"),
                row(image("{}"), "/segments/0/mem", "mem is missing"),
                row(
                        page("\"content\": \"AAAA\""),
                        "/segments/0/content",
                        "content has 3 bytes, not the 4 of bufszBytes"),
                row(page("\"content\": \"AAAAA\""), "/segments/0/content", "the value is not base64"),
                row(page("\"content\": \"AAAAAA=\""), "/segments/0/content", "the value is not base64"),
                row(page("\"content\": \"AAA\""), "/segments/0/content", "the value is not base64"),
                row(page("\"content\": \"f0VM!g==\""), "/segments/0/content", "the value is not base64"),
                row(page("\"content\": 7"), "/segments/0/content", "the value is not base64"),
                row(page("\"head\": \"f0VMRg\""), "/segments/0/head", "the value is not base64"),
                row(
                        page("\"head\": \"AAAAAAA=\""),
                        "/segments/0/head",
                        "head has 5 bytes, more than the 4 of bufszBytes"),
                row(
                        page("\"content\": \"f0VMRg==\", \"head\": \"AAAA\""),
                        "/segments/0/head",
                        "head is not how content begins"),
                row(page("\"sha256\": \"7f\""), "/segments/0/sha256", "sha256 is not 64 hexadecimal digits"),
                row(
                        page("\"content\": \"AAAAAA==\", \"sha256\": \"" + "0".repeat(64) + "\""),
                        "/segments/0/sha256",
                        "content hashes to df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119"),
                row(page("\"size\": 4096"), "/segments/0/size", "there is no field \"size\" here"),
                row(
                        image(segment("0x6f000000", "-1", "0")),
                        "/segments/0/memszBytes",
                        "memszBytes is not between 0 and 2^64 - 1"),
                row(
                        image(segment("0x6f000000", "18446744073709551616", "0")),
                        "/segments/0/memszBytes",
                        "memszBytes is not between 0 and 2^64 - 1"),
                row(
                        image(segment("0x6f000000", "4096", "0.5")),
                        "/segments/0/bufszBytes",
                        "the value is not a whole number within bounds"),
                row(
                        image(segment("6f000000", "4096", "0")),
                        "/segments/0/mem",
                        "\"6f000000\" is not an address such as \"0x140000000\""),
                row(
                        image(segment("0x6f000000", "4096", "0")).replace("]}", "], \"flags\": [\"CRASH\"]}"),
                        "/flags/0",
                        "a flag is called KEXEC_…, as in linux/kexec.h"),
                row(
                        image(segment("0x6f000000", "4096", "0"))
                                .replace("]}", "], \"flags\": [%s]}")
                                .formatted(IntStream.range(0, 17)
                                        .mapToObj("\"KEXEC_%d\""::formatted)
                                        .collect(Collectors.joining(", "))),
                        "/flags",
                        "17 items are more than 16"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatIsNoImageIsRefusedWithItsPlace(String body, String pointer, String sentence) {
        invalid(() -> put(machine, body), pointer, sentence);
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                row(
                        image(segment("0x6f000000", "4096", "4097")),
                        "EINVAL",
                        "segment 0 (mem 0x6f000000, memsz 0x1000) has bufsz 4097 > memsz 4096"),
                row(
                        image(segment("0x6f000000", "8192", "0"), segment("0x6f001000", "4096", "0")),
                        "EINVAL",
                        "segment 1 (mem 0x6f001000, memsz 0x1000) overlaps segment 0 (mem 0x6f000000, memsz 0x2000)"),
                row(
                        image(IntStream.range(0, 17)
                                .mapToObj(i -> segment(Requests.hex(0x6f000000L + i * 4096), "4096", "0"))
                                .toArray(String[]::new)),
                        "EINVAL",
                        "17 segments are more than 16"),
                row(
                        image(segment("0x10000000", "1677721600", "0")),
                        "EINVAL",
                        "segment 0 (mem 0x10000000, memsz 0x64000000) takes 409600 pages, more than half of memory (278462)"),
                row(
                        image(segment("0x6efff000", "4096", "0")),
                        "EADDRNOTAVAIL",
                        "segment 0 (mem 0x6efff000, memsz 0x1000) lies outside the crash kernel 0x6f000000-0x7effffff"),
                row(
                        image(segment("0x7effe000", "12288", "0")),
                        "EADDRNOTAVAIL",
                        "segment 0 (mem 0x7effe000, memsz 0x3000) lies outside the crash kernel 0x6f000000-0x7effffff"),
                row(
                        image(segment("0x6f000800", "4096", "0")),
                        "EADDRNOTAVAIL",
                        "segment 0 (mem 0x6f000800, memsz 0x1000) does not begin and end at a page"),
                row(
                        image(segment("0x6f000000", "4095", "0")),
                        "EADDRNOTAVAIL",
                        "segment 0 (mem 0x6f000000, memsz 0xfff) does not begin and end at a page"),
                row(
                        image(segment("0x3ffffffff000", "4096", "0")),
                        "EADDRNOTAVAIL",
                        "segment 0 (mem 0x3ffffffff000, memsz 0x1000) ends at or above the highest address 0x3fffffffffff"),
                row(
                        image(segment("0xfffffffffffff000", "8192", "0")),
                        "EADDRNOTAVAIL",
                        "segment 0 (mem 0xfffffffffffff000, memsz 0x2000) wraps around the end of the address space"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void whatTheKernelRefusesIsRefusedWithItsError(String body, String errno, String sentence) {
        var problem = refused(() -> put(machine, body), 422, "invalid-segments", sentence);

        assertThat(problem.get("errno").stringValue()).isEqualTo(errno);
        assertThat(problem.get("rule").stringValue()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {Requests.FILE_LOAD, "{\"loadPath\": \"KEXEC_LOAD\", \"segments\": [{" + PAGE + "}]}"})
    void withoutACrashKernelNothingIsLoaded(String image) {
        var name = newName("no-reservation");
        create(("{\"name\": \"%s\", \"cpus\": {\"possible\": \"0\", \"present\": \"0\"},"
                        + " \"memory\": {\"systemRam\": [{\"start\": \"0x0\", \"sizeBytes\": 1073741824}]}}")
                .formatted(name));

        refused(
                () -> put(name, image),
                422,
                "no-crash-kernel",
                "machine \"%s\" has no crashKernel range".formatted(name));
    }
}
