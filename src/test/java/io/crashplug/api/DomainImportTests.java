package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Machines from what {@code virsh dumpxml} prints. */
class DomainImportTests extends ApiTest {

    private static final String DOMAIN = """
            <domain type='kvm' id='3'>
              <name>%s</name>
              <description>a guest &amp; its memory</description>
              <maxMemory slots='16' unit='GiB'>64</maxMemory>
              <memory unit='KiB'>%d</memory>
              <currentMemory unit='KiB'>2097152</currentMemory>
              <vcpu placement='static' current='2'>8</vcpu>
              %s
              <os><type arch='x86_64' machine='%s'>hvm</type></os>
              <devices>%s</devices>
            </domain>
            """;

    private static final String DIMM = """
            <memory model='dimm'>
              <target><size unit='KiB'>%d</size><node>0</node></target>
              <alias name='dimm%d'/>
              <address type='dimm' slot='%d' base='0x%x'/>
            </memory>
            """;

    private static final int GIB_IN_KIB = 1 << 20;

    private Response send(String xml, String query) {
        return api().contentType("application/xml").body(xml).post("/machine-imports" + query);
    }

    private static String domain(String name, int memoryKib, String devices) {
        return DOMAIN.formatted(name, memoryKib, "", "pc-q35-7.2", devices);
    }

    private static List<String> ram(JsonNode answer) {
        var ranges = new ArrayList<String>();
        for (var range : answer.at("/machine/memory/systemRam")) {
            ranges.add(range.get("start").stringValue() + "-" + range.get("end").stringValue());
        }
        return ranges;
    }

    @Test
    void aDomainWithModules() {
        var name = newName("domain");
        var devices =
                DIMM.formatted(GIB_IN_KIB, 0, 0, 0x180000000L) + DIMM.formatted(GIB_IN_KIB / 2, 1, 1, 0x1c0000000L);
        var answer = body(
                send(
                        domain(name, 4 * GIB_IN_KIB + GIB_IN_KIB * 3 / 2, devices),
                        "?kernelRelease=6.12.1&crashKernelBytes=268435456"),
                201);
        var machine = answer.get("machine");
        assertThat(machine.get("name").stringValue()).isEqualTo(name);
        assertThat(machine.get("description").stringValue()).isEqualTo("a guest & its memory");
        assertThat(answer.get("exactness").stringValue()).isEqualTo("SYNTHETIC");
        assertThat(machine.at("/cpus/possible").stringValue()).isEqualTo("0-7");
        assertThat(machine.at("/cpus/present").stringValue()).isEqualTo("0-1");
        assertThat(machine.at("/kernel/profile").stringValue()).isEqualTo("LINUX_6_9");
        assertThat(ram(answer))
                .containsExactly(
                        "0x1000-0x9fbff",
                        "0x100000-0x7ffddfff",
                        "0x100000000-0x17fffffff",
                        "0x180000000-0x1bfffffff",
                        "0x1c0000000-0x1dfffffff");
    }

    @Test
    void theReservationLiesAsHighAsItFitsAndAnImageCanBeLoaded() {
        var name = newName("domain");
        var answer = body(send(domain(name, 4 * GIB_IN_KIB, ""), "?crashKernelBytes=268435456"), 201);
        assertThat(answer.at("/machine/memory/crashKernel/start").stringValue()).isEqualTo("0x6f000000");
        assertThat(answer.at("/machine/memory/crashKernel/end").stringValue()).isEqualTo("0x7effffff");
        assertThat(warnings(answer)).contains("layout-invented").doesNotContain("no-crash-kernel");
        load(name, Requests.FILE_LOAD);
    }

    @ParameterizedTest
    @CsvSource({
        "pc-q35-7.2, 2048, 0x7ffddfff, ",
        "q35, 2815, 0xafeddfff, ",
        "q35, 2816, 0x7ffddfff, 0x12fffffff",
        "q35, 2817, 0x7ffddfff, 0x1300fffff",
        "pc-i440fx-7.2, 3583, 0xdfeddfff, ",
        "pc-1.2, 3584, 0xbffddfff, 0x11fffffff",
        "rhel6.6.0, 3584, 0xbffddfff, 0x11fffffff",
        "pc, 8192, 0xbffddfff, 0x23fffffff"
    })
    void memoryIsSplitAroundTheHoleBelow4Gib(String chipset, int mib, String lowEnd, String highEnd) {
        var answer = body(send(DOMAIN.formatted(newName("domain"), mib * 1024, "", chipset, ""), ""), 201);
        var expected = new ArrayList<>(List.of("0x1000-0x9fbff", "0x100000-" + lowEnd));
        if (highEnd != null) {
            expected.add("0x100000000-" + highEnd);
        }
        assertThat(ram(answer)).isEqualTo(expected);
    }

    @Test
    void cellsAndVcpusAreCounted() {
        var cells = """
                <vcpus>
                  <vcpu id='0' enabled='yes' hotpluggable='no' order='1'/>
                  <vcpu id='1' enabled='no' hotpluggable='yes'/>
                  <vcpu id='2' enabled='yes' hotpluggable='yes' order='2'/>
                </vcpus>
                <cpu><numa>
                  <cell id='0' cpus='0-3' memory='1047553' unit='KiB'/><cell id='1' cpus='4-7' memory='1047553' unit='KiB'/>
                </numa></cpu>
                """;
        var answer = body(send(DOMAIN.formatted(newName("domain"), 99, cells, "q35", ""), ""), 201);
        assertThat(ram(answer)).containsExactly("0x1000-0x9fbff", "0x100000-0x7ffddfff");
        assertThat(answer.at("/machine/cpus/present").stringValue()).isEqualTo("0,2");
        assertThat(warnings(answer)).contains("cpu-numbers-assumed");
    }

    /** What is not told is left out, and said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<memory model='dimm'><target><size unit='MiB'>512</size></target>"
                        + "<address type='dimm' slot='2'/></memory> | device-address-unknown",
                "<memory model='dimm'><target><size unit='MiB'>100</size></target>"
                        + "<address type='dimm' base='0x200000000'/></memory> | not-block-aligned",
                "<memory model='virtio-mem'><target><size unit='MiB'>512</size>"
                        + "<address base='0x200000000'/></target></memory> | plugged-unknown",
                "<memory model='nvdimm'><target><size unit='MiB'>512</size></target></memory> | persistent-memory",
                "<memory model='sgx-epc'><target><size unit='MiB'>512</size></target></memory> | unknown-device-type"
            })
    void aDeviceOfWhichTooLittleIsToldIsLeftOut(String device, String warning) {
        var kib = 2 * GIB_IN_KIB + (device.contains(">100<") ? 100 * 1024 : 512 * 1024);
        var answer = body(send(domain(newName("domain"), kib, device), ""), 201);
        assertThat(ram(answer)).containsExactly("0x1000-0x9fbff", "0x100000-0x7ffddfff");
        assertThat(warnings(answer)).contains(warning);
    }

    /** Linux takes the lowest blocks first. */
    @Test
    void aDeviceThatIsPluggedInPartBeginsAtItsBase() {
        var device = """
                <memory model='virtio-mem'><target><size unit='MiB'>512</size><current unit='MiB'>256</current>
                <address base='0x200000000'/></target></memory>
                """;
        var answer = body(send(domain(newName("domain"), 2 * GIB_IN_KIB + GIB_IN_KIB / 2, device), ""), 201);
        assertThat(ram(answer)).endsWith("0x200000000-0x20fffffff");
        assertThat(warnings(answer)).contains("virtio-mem-blocks-assumed");
    }

    @Test
    void aDeviceThatIsPluggedAsAWholeIsThere() {
        var device = """
                <memory model='virtio-mem'><target><size unit='MiB'>512</size><block unit='MiB'>2</block>
                <current unit='KiB'>524288</current><address base='0x200000000'/></target></memory>
                """;
        var answer = body(send(domain(newName("domain"), 2 * GIB_IN_KIB + GIB_IN_KIB / 2, device), ""), 201);
        assertThat(ram(answer)).endsWith("0x200000000-0x21fffffff");
        assertThat(answer.at("/machine/memory/systemRam/2/device/type").stringValue())
                .isEqualTo("VIRTIO_MEM");
    }

    @Test
    void aNameInTheQueryWins() {
        var name = newName("domain");
        var answer = body(send(domain("it is no name of ours", GIB_IN_KIB, ""), "?name=" + name), 201);
        assertThat(answer.at("/machine/name").stringValue()).isEqualTo(name);
        assertThat(body(send(domain("it is no name of ours", GIB_IN_KIB, ""), ""), 400)
                        .at("/errors/0/pointer")
                        .stringValue())
                .isEqualTo("name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ' '                                                                            | Premature end of file
            no XML                                                                         | the XML cannot be read: ParseError
            <domain>                                                                       | the XML cannot be read: ParseError
            <memory model='dimm'><target/></memory>                                        | the XML is a <memory>, not the <domain>
            <domain><memory>1048576</memory></domain>                                      | the libvirt domain tells no name
            <domain><name>a</name></domain>                                                | the domain has no <memory>
            <domain><name>a<b/></name></domain>                                            | <name> holds <b>
            <domain><name>a</name><memory>many</memory></domain>                           | <memory> is "many" "KiB"
            <domain><name>a</name><memory unit='KiB'>-1</memory></domain>                  | <memory> is "-1" "KiB"
            <domain><name>a</name><memory unit='furlong'>1048576</memory></domain>         | "furlong", which is no size
            <domain><name>a</name><memory unit='EiB'>99999999999999999999</memory></domain> | more than x86_64 addresses
            <domain><name>a</name><memory>262144</memory><devices><memory model='dimm'><target><size>524288</size></target></memory></devices></domain> | are its devices
            <domain><name>a</name><memory>1</memory></domain>                              | 1048576 bytes of memory are not between
            <domain><name>a</name><memory>1048576</memory><vcpu>0</vcpu></domain>          | <vcpu> is 0
            <domain><name>a</name><memory>1048576</memory><vcpu>8193</vcpu></domain>       | <vcpu> is "8193", no number up to 8192
            <domain><name>a</name><memory>1048576</memory><vcpu current='3'>2</vcpu></domain> | no number up to 2
            <domain><name>a</name><memory>1048576</memory><vcpus><vcpu id='1'/></vcpus></domain> | no number up to 0
            <domain><memory model='virtio-mem'><target><size>8192</size></target></memory></domain> | <memory> holds <target>
            <domain><os><type arch='aarch64'>hvm</type></os></domain>                      | architecture aarch64
            <domain>&unknown;</domain>                                                     | unknown
            """)
    void whatIsNoDomainIsRefused(String xml, String sentence) {
        isRefused(xml, sentence);
    }

    private void isRefused(String xml, String sentence) {
        var problem = body(send(xml, ""), 400);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/invalid-request");
        assertThat(problem.at("/errors/0/detail").stringValue()).contains(sentence);
    }

    @Test
    void whatIsWrongWithADeviceIsSaid() {
        var domain = "<domain><name>a</name><memory>1148576</memory><devices>%s</devices></domain>";
        isRefused(domain.formatted("<memory model='dimm'/>"), "device \"dimm0\" has no size");
        isRefused(
                domain.formatted("<memory model='dimm'><target><size>1024</size></target>"
                        + "<address base='0xfffffffffffffff'/></memory>"),
                "is not within 52 address bits");
    }

    /** More than a domain has does not take memory, nor the stack. */
    @ParameterizedTest
    @ValueSource(ints = {33, 20_000})
    void whatIsTooDeepIsRefused(int depth) {
        isRefused(
                "<domain><name>%s%s</name></domain>".formatted("<a>".repeat(depth), "</a>".repeat(depth)), "no domain");
    }

    @Test
    void whatIsTooLargeIsRefused() {
        isRefused("<domain>%s</domain>".formatted("<a/>".repeat(3_000_000)), "no domain");
        var attributes = IntStream.range(0, 101).mapToObj("a%d='' "::formatted).collect(Collectors.joining());
        isRefused("<domain %s/>".formatted(attributes), "no domain");
    }

    @ParameterizedTest
    @CsvSource({"microvm, chipset-assumed", "virt, chipset-assumed"})
    void anUnknownMachineTypeIsSaid(String machine, String warning) {
        var answer = body(send(DOMAIN.formatted(newName("domain"), GIB_IN_KIB, "", machine, ""), ""), 201);
        assertThat(warnings(answer)).contains(warning);
    }

    /** libvirt rounds devices up, too. */
    @Test
    void modulesAreRoundedUp() {
        var answer = body(
                send(
                        domain(
                                newName("domain"),
                                2 * GIB_IN_KIB + 524_287,
                                DIMM.formatted(524_287, 0, 0, 0x100000000L)),
                        ""),
                201);
        assertThat(ram(answer)).endsWith("0x100000000-0x11fffffff");
        assertThat(warnings(answer)).doesNotContain("not-block-aligned", "block-size-assumed");
    }

    @Test
    void largeGuestsMayHaveLargerBlocks() {
        var answer = body(
                send(domain(newName("domain"), 65 * GIB_IN_KIB, DIMM.formatted(GIB_IN_KIB, 0, 0, 0x2000000000L)), ""),
                201);
        assertThat(warnings(answer)).contains("block-size-assumed");
    }

    @ParameterizedTest
    @CsvSource({"possible=0-3, possible", "present=0, present"})
    void whatHasNoMeaningWithADomainIsRefused(String query, String parameter) {
        var problem = body(send(domain(newName("domain"), GIB_IN_KIB, ""), "?" + query), 400);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(parameter);
        assertThat(problem.at("/errors/0/detail").stringValue()).endsWith("has no meaning with XML");
    }

    @Test
    void aReservationIsNoMatterOfAListing() {
        var answer = api().contentType("text/plain")
                .body("00100000-7fffffff : System RAM")
                .post("/machine-imports?name=%s&crashKernelBytes=4096".formatted(newName("listing")));
        var problem = body(answer, 400);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("crashKernelBytes");
        assertThat(problem.at("/errors/0/detail").stringValue()).endsWith("has no meaning with text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-4096", "4294967296", "2147483648"})
    void aReservationThatDoesNotFitIsRefused(String bytes) {
        var problem = body(send(domain(newName("domain"), 2 * GIB_IN_KIB, ""), "?crashKernelBytes=" + bytes), 400);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("crashKernelBytes");
        assertThat(problem.at("/errors/0/detail").stringValue())
                .isEqualTo("no %s bytes can be reserved for a crash kernel below 4 GiB, in pages of 4096", bytes);
    }

    /** Neither files nor other servers are read, and nothing grows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE domain [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                        + "<domain><name>a</name><description>&e;</description><memory>1048576</memory></domain>",
                "<!DOCTYPE domain SYSTEM \"http://127.0.0.1:1/x.dtd\"><domain/>",
                "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><domain>&b;</domain>"
            })
    void noEntityIsDefined(String xml) {
        var problem = body(send(xml, ""), 400);
        assertThat(problem.at("/errors/0/detail").stringValue()).contains("DOCTYPE");
    }
}
