package io.crashplug.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The README's table has every property of this service, as its metadata describes it, and true defaults. */
class ConfigurationTableTests {

    private static final Path README = Path.of("README.md");
    private static final Pattern OWN = Pattern.compile("(\\| `crashplug\\.[^\n]*\n)+");
    private static final Pattern DEFAULTS = Pattern.compile("\\| `([a-z.-]+)` \\| `([^`…]*)` \\|.*");

    private static PropertySource<?> defaults() throws IOException {
        var sources =
                new YamlPropertySourceLoader().load("application.yaml", new ClassPathResource("application.yaml"));
        assertThat(sources).hasSize(1);
        return sources.get(0);
    }

    private static String row(JsonNode property, PropertySource<?> defaults) {
        var name = property.get("name").stringValue();
        var value = Optional.<Object>ofNullable(defaults.getProperty(name))
                .orElseGet(() -> property.path("defaultValue").asString(""));
        return "| `%s` |%s | %s |\n"
                .formatted(
                        name,
                        value.toString().isEmpty() ? "" : " `" + value + "`",
                        property.get("description").stringValue().replaceAll("\\{@code ([^}]*)}", "`$1`"));
    }

    private static String rows() throws IOException {
        var defaults = defaults();
        var metadata = JsonMapper.shared()
                .readTree(Files.readAllBytes(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
        return metadata.get("properties").values().stream()
                .map(property -> row(property, defaults))
                .collect(Collectors.joining());
    }

    @Test
    void everyPropertyIsInTheTable() throws IOException {
        var readme = Files.readString(README);
        var rows = rows();
        assertThat(rows).contains("`crashplug.limits.body-size`", "`crashplug.security.authentication`");
        if (Boolean.getBoolean("crashplug.configuration.write")) {
            Files.writeString(README, OWN.matcher(readme).replaceFirst(java.util.regex.Matcher.quoteReplacement(rows)));
            return;
        }
        var table = OWN.matcher(readme);
        assertThat(table.find()).isTrue();
        assertThat(table.group())
                .as("after a wanted change, write it with mvn test -Dtest=ConfigurationTableTests"
                        + " -Dcrashplug.configuration.write=true")
                .isEqualTo(rows);
        assertThat(table.find()).as("the rows stand together").isFalse();
    }

    @Test
    void theDefaultsOfOtherPropertiesAreTrue() throws IOException {
        var defaults = defaults();
        var stated = Arrays.stream(Files.readString(README).split("\n"))
                .map(DEFAULTS::matcher)
                .filter(row -> row.matches() && !row.group(1).startsWith("crashplug."))
                .map(row -> List.of(row.group(1), row.group(2)))
                .toList();
        assertThat(stated)
                .hasSizeGreaterThan(5)
                .allSatisfy(row -> assertThat(defaults.getProperty(row.get(0)))
                        .as(row.get(0))
                        .hasToString(row.get(1)));
    }
}
