package io.crashplug.diff.web;

import static io.crashplug.diff.Sides.note;
import static io.crashplug.diff.Sides.ram;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.diff.HeaderDiff;
import io.crashplug.diff.Sides;
import io.swagger.v3.core.converter.ModelConverters;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HeaderDiffJsonTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HeaderDiff diff = HeaderDiff.between(
            Sides.of(note(0x6000), note(0x7000), note(0x8000), ram(0x1_0000_0000L, 0x1000_0000)),
            Sides.of(note(0x6000), note(0x8000), ram(0x1_0800_0000L, 0x800_0000), ram(0x1_8000_0000L, 0x1000)));

    @Test
    void addressesAreTextAndSizesAreNumbers() {
        var json = JSON.readTree(JSON.writeValueAsString(HeaderDiffJson.of(diff)));

        assertThat(json.get("same").booleanValue()).isFalse();
        assertThat(json.get("elfszBytesBefore").intValue()).isEqualTo(4096);
        assertThat(json.get("ehdr")).isEmpty();
        assertThat(json.get("changed")).isEqualTo(JSON.readTree("""
                [{"fromIndex": 3, "toIndex": 2, "describes": "System RAM",
                  "detail": "System RAM 0x100000000-0x10fffffff: offset 0x100000000 -> 0x108000000, virtualAddress\
                 0xff11000100000000 -> 0xff11000108000000, physicalAddress 0x100000000 -> 0x108000000, fileSizeBytes\
                 268435456 -> 134217728, memorySizeBytes 268435456 -> 134217728",
                  "fields": [
                    {"name": "offset", "before": "0x100000000", "after": "0x108000000"},
                    {"name": "virtualAddress", "before": "0xff11000100000000", "after": "0xff11000108000000"},
                    {"name": "physicalAddress", "before": "0x100000000", "after": "0x108000000"},
                    {"name": "fileSizeBytes", "before": 268435456, "after": 134217728},
                    {"name": "memorySizeBytes", "before": 268435456, "after": 134217728}]}]
                """.replace("\\\n                ", "")));
    }

    @Test
    void addedAndRemovedProgramHeadersAreWhole() {
        var json = JSON.readTree(JSON.writeValueAsString(HeaderDiffJson.of(diff)));

        assertThat(json.get("removed")).isEqualTo(JSON.readTree("""
                [{"index": 1, "type": "PT_NOTE", "flags": 0, "offset": "0x7000", "virtualAddress": "0x0",
                  "physicalAddress": "0x7000", "fileSizeBytes": 368, "memorySizeBytes": 368, "align": 0,
                  "describes": "crash_notes of CPU 1"}]
                """));
        assertThat(json.get("added").get(0).get("index").intValue()).isEqualTo(3);
        assertThat(json.get("added").get(0).get("physicalAddress").stringValue())
                .isEqualTo("0x180000000");
        assertThat(json.get("byteRangeCount").intValue())
                .isEqualTo(json.get("byteRanges").size());
        assertThat(json.get("byteRanges").get(0).get("offset").intValue()).isEqualTo(129);
    }

    @Test
    void theContractSaysThatAValueIsTextOrANumber() {
        var schemas = ModelConverters.getInstance(true).readAll(HeaderDiffJson.class);

        assertThat(schemas).containsKeys("HeaderDiff", "ChangedPhdr", "FieldChange", "ByteRange", "Phdr");
        var before = (io.swagger.v3.oas.models.media.Schema<?>)
                schemas.get("FieldChange").getProperties().get("before");
        assertThat(before.getTypes()).containsExactlyInAnyOrder("string", "integer");
    }
}
