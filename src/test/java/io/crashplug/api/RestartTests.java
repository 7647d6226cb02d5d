package io.crashplug.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.CrashplugApplication;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service stopped and started again on the same database file. */
class RestartTests {

    private static final String MACHINE = "/machines/survivor";

    @TempDir
    private Path directory;

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(CrashplugApplication.class)
                .run("--server.port=0", "--spring.datasource.url=" + Database.urlIn(directory));
    }

    private static RequestSpecification api(ConfigurableApplicationContext service) {
        return given().baseUri("http://127.0.0.1")
                .port(service.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
                .basePath("/api/v1");
    }

    private static int post(ConfigurableApplicationContext service, String path, Object body) {
        return api(service)
                .contentType(ContentType.JSON)
                .body(ApiTest.text(body))
                .post(path)
                .statusCode();
    }

    /** What the service answers, by path; the bytes in hexadecimal. */
    private static Map<String, List<String>> answers(ConfigurableApplicationContext service) {
        return Stream.of("", "/crash-image", "/hotplug-events", "/elfcorehdr", "/elfcorehdr?extent=segment")
                .collect(Collectors.toMap(path -> path, path -> {
                    var form = path.contains("extent") ? ContentType.BINARY : ContentType.JSON;
                    var answer = api(service).accept(form).get(MACHINE + path);
                    assertThat(answer.statusCode()).isEqualTo(200);
                    return List.of(String.valueOf(answer.header("ETag")), answer.asString());
                }));
    }

    @Test
    void nothingIsLostAndTheNextEventContinuesTheNumbers() {
        Map<String, List<String>> before;
        try (var service = start()) {
            assertThat(post(service, "/machines", SmallGuest.text("survivor", "LINUX_6_9", SmallGuest.ONE_PAGE)))
                    .isEqualTo(201);
            assertThat(api(service)
                            .contentType(ContentType.JSON)
                            .body(Requests.FILE_LOAD)
                            .put(MACHINE + "/crash-image")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(post(service, MACHINE + "/hotplug-events", SmallGuest.addAll(1, 5)))
                    .isEqualTo(201);
            assertThat(post(service, MACHINE + "/hotplug-events", SmallGuest.addAll(6, 70)))
                    .isEqualTo(409);
            var removal = Requests.changeSet(SmallGuest.remove(3).put("stillListed", true));
            assertThat(post(service, MACHINE + "/hotplug-events", removal)).isEqualTo(201);
            before = answers(service);
        }

        try (var service = start()) {
            assertThat(answers(service)).isEqualTo(before);
            var event = ApiTest.body(
                    api(service)
                            .contentType(ContentType.JSON)
                            .body(ApiTest.text(SmallGuest.addAll(6, 1)))
                            .post(MACHINE + "/hotplug-events"),
                    201);
            assertThat(event.get("sequence").intValue()).isEqualTo(5);
            assertThat(event.get("outcome").stringValue()).isEqualTo("REBUILT");
            assertThat(event.get("header").get("revision").intValue()).isEqualTo(3);
            assertThat(event.get("generation").toString()).isEqualTo("{\"before\":3,\"after\":4}");
        }
    }
}
