package io.crashplug.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Dockerfile, docker-compose.yml and the scripts of the packaged form, as linters and as operators read them. */
class ContainerFilesTests {

    private static final Path COMPOSE = Path.of("docker-compose.yml");

    /** The linter finds nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "shellcheck src/packaging/lay-out src/packaging/bin/crashplug src/packaging/bin/healthy"
                        + " src/packaging/bin/prepare src/test/resources/packaging/inside",
                "yamllint --strict docker-compose.yml integrations/ansible/guests.yml",
                // Holds the file to the schema of the Compose specification, too; the order of keys is our own.
                "dclint docker-compose.yml --max-warnings 0 --disable-rule service-keys-order"
                        + " --disable-rule require-quotes-in-ports",
                "dockerfile-utils lint Dockerfile"
            })
    void lintersFindNothing(String command) throws IOException, InterruptedException {
        var linter = ExternalTool.run(Path.of(""), List.of(command.split(" ")));
        assertThat(linter.said()).isBlank();
        assertThat(linter.status()).isZero();
    }

    @Nested
    class TheDockerfile {

        private final Dockerfile dockerfile = dockerfile();

        private static Dockerfile dockerfile() {
            try {
                return Dockerfile.read(Path.of("Dockerfile"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void runsAsANumberedUserThatIsNotRoot() {
            assertThat(dockerfile.only("USER").rest()).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
        }

        @Test
        void startsWithoutAShellBetweenTheEngineAndTheService() {
            assertThat(dockerfile.only("ENTRYPOINT").rest()).startsWith("[");
            assertThat(dockerfile.only("HEALTHCHECK").rest()).contains("CMD [");
        }

        @Test
        void namesATagOfItsBase() {
            assertThat(dockerfile.only("FROM").rest()).matches("\\S+:\\d\\S*").doesNotContain("latest");
        }

        @Test
        void copiesTheLibrariesBeforeTheService() {
            assertThat(dockerfile.all("COPY").map(copy -> copy.words().get(1)))
                    .startsWith("/opt/crashplug/lib")
                    .endsWith("/opt/crashplug/crashplug.jar");
        }

        @Test
        void copiesNothingThatTheContextLeavesOut() throws IOException {
            var ignore = Files.readAllLines(Path.of(".dockerignore"));
            assertThat(ignore).startsWith("*", "!target/crashplug");
            assertThat(dockerfile.all("COPY").map(copy -> copy.words().get(0)))
                    .allMatch(source -> source.startsWith("target/crashplug/"))
                    .doesNotContainAnyElementsOf(ignore);
        }
    }

    @Nested
    class TheComposition {

        @ParameterizedTest
        @ValueSource(strings = {"database", "service"})
        void givesNoServiceMoreThanItNeeds(String name) throws IOException {
            assertThat(service(name))
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKeys("healthcheck", "deploy", "stop_grace_period", "volumes")
                    .doesNotContainKeys("privileged", "network_mode", "cap_add");
        }

        @Test
        void publishesTheServiceOnLoopbackOnlyAndTheDatabaseNowhere() throws IOException {
            assertThat(service("service")).containsEntry("ports", List.of("127.0.0.1:8080:8080"));
            assertThat(service("database")).doesNotContainKey("ports").containsEntry("networks", List.of("storage"));
        }

        @Test
        void hasNoPasswordOfItsOwn() throws IOException {
            var asked = "${CRASHPLUG_DB_PASSWORD:?set CRASHPLUG_DB_PASSWORD}";
            assertThat(map(service("database").get("environment"))).containsEntry("POSTGRES_PASSWORD", asked);
            assertThat(map(service("service").get("environment"))).containsEntry("SPRING_DATASOURCE_PASSWORD", asked);
        }

        @Test
        void waitsForTheDatabase() throws IOException {
            assertThat(service("service"))
                    .containsEntry("depends_on", Map.of("database", Map.of("condition", "service_healthy")));
        }

        @Test
        void asksTheHealthAsTheImageDoes() throws IOException {
            var image = Dockerfile.read(Path.of("Dockerfile")).healthCheck();
            assertThat(map(service("service").get("healthcheck"))).containsEntry("test", List.of("CMD", image.get(0)));
        }
    }

    private static Map<String, Object> service(String name) throws IOException {
        Map<String, Object> file = map(new Yaml().load(Files.readString(COMPOSE)));
        return map(map(file.get("services")).get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
