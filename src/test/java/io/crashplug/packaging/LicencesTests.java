package io.crashplug.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service is made of, by the bill of materials in its jar: all of it may be passed on, and is listed. */
class LicencesTests {

    private static final Path LIST = Path.of("THIRD-PARTY.md");

    /** Of several licences of a component one may be chosen. */
    private static final Set<String> ACCEPTED =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0", "MPL-2.0", "CC0-1.0");

    private static final Pattern VERSION_OF_ITS_OWN = Pattern.compile("<version>(?!\\$\\{|\\[)([^<]*)</version>");

    private record Component(String name, List<String> licences) {

        static Component of(JsonNode json) {
            var licences = json.path("licenses")
                    .valueStream()
                    .map(entry -> entry.at("/license/id")
                            .asString(entry.at("/license/name")
                                    .asString(entry.path("expression").asString("none"))))
                    .toList();
            return new Component(
                    json.get("group").stringValue() + ":" + json.get("name").stringValue(), licences);
        }

        boolean isAccepted() {
            return licences.stream().anyMatch(ACCEPTED::contains);
        }
    }

    private static List<Component> components() throws IOException {
        try (var bill = LicencesTests.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            return JsonMapper.shared()
                    .readTree(Objects.requireNonNull(bill))
                    .get("components")
                    .valueStream()
                    .map(Component::of)
                    .toList();
        }
    }

    @Test
    void eachComponentMayBePassedOn() throws IOException {
        assertThat(components()).hasSizeGreaterThan(50).allMatch(Component::isAccepted);
    }

    @Test
    void whatMayNotIsNoticed() {
        assertThat(new Component("a:b", List.of("GPL-3.0-only")).isAccepted()).isFalse();
        assertThat(new Component("a:b", List.of()).isAccepted()).isFalse();
        assertThat(new Component("a:b", List.of("EPL 1.0", "MPL-2.0")).isAccepted())
                .isTrue();
    }

    @Test
    void theListIsTheBillOfMaterials() throws IOException {
        var byName = new TreeMap<String, String>();
        components().forEach(component -> byName.put(component.name(), String.join(" or ", component.licences())));
        var list = byName.entrySet().stream()
                .map(entry -> "| `%s` | %s |%n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        "",
                        "# What Crashplug is made of\n\nThe libraries in the packaged service, and their licences. The"
                                + " versions are in `META-INF/sbom/application.cdx.json` in\nthe jar, a bill of"
                                + " materials as CycloneDX has it.\n\n| library | licence |\n| --- | --- |\n",
                        ""));
        if (Boolean.getBoolean("crashplug.licences.write")) {
            Files.writeString(LIST, list);
        }
        assertThat(Files.readString(LIST))
                .as(
                        "after a wanted change, write it with mvn test -Dtest=LicencesTests -Dcrashplug.licences.write=true")
                .isEqualTo(list);
    }

    /** Versions stand in the properties of the project, or in the parent's. */
    @Test
    void versionsAreManagedInOnePlace() throws IOException {
        var found = VERSION_OF_ITS_OWN.matcher(Files.readString(Path.of("pom.xml")));
        var versions = found.results().map(version -> version.group(1)).toList();
        assertThat(versions).as("of the parent, and of the project").hasSize(2).endsWith("0.1.0-SNAPSHOT");
    }
}
