package io.crashplug.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.PhysicalRange;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.filter.FilterContext;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a port and a database file of its own, both shared by all tests of the API. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class ApiTest {

    static final JsonMapper JSON = JsonMapper.builder().build();

    /** A client keeps its connection, which threads must not share. */
    private static final ThreadLocal<RestAssuredConfig> CLIENT =
            ThreadLocal.withInitial(() -> RestAssuredConfig.config()
                    .httpClient(HttpClientConfig.httpClientConfig().reuseHttpClientInstance()));

    private static final AtomicInteger MACHINES = new AtomicInteger();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void aDatabaseOfItsOwn(DynamicPropertyRegistry registry) throws IOException, SQLException {
        var url = Database.TESTED.urlOfNewOne();
        registry.add("spring.datasource.url", () -> url);
        if (Database.TESTED == Database.POSTGRESQL) {
            registry.add("spring.datasource.username", () -> PostgreSqlServer.USER);
            registry.add("spring.datasource.password", () -> PostgreSqlServer.USER);
        }
    }

    /** A request to the API; paths begin behind the version. */
    RequestSpecification api() {
        return given().filter(OpenApiContract.CHECKED_IN)
                .config(CLIENT.get())
                .filter(ApiTest::readToItsEnd)
                .baseUri("http://127.0.0.1")
                .port(port)
                .basePath("/api/v1");
    }

    /** Frees the connection also where a test does not look at the body. */
    private static Response readToItsEnd(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext rest) {
        var response = rest.next(request, expected);
        response.asByteArray();
        return response;
    }

    /** A request to what the service serves beside the API. */
    RequestSpecification root() {
        return given().config(CLIENT.get())
                .filter(ApiTest::readToItsEnd)
                .baseUri("http://127.0.0.1")
                .port(port);
    }

    /** A client that costs less. */
    PlainClient plain() {
        return PlainClient.checking(port);
    }

    /** A name that no other machine has. */
    static String newName(String prefix) {
        return prefix + "-" + MACHINES.incrementAndGet();
    }

    /** Sends a body, which is JSON text or a tree. */
    Response post(String path, Object body) {
        return api().contentType(ContentType.JSON).body(text(body)).post(path);
    }

    static String text(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    /** The body of an answer that must have this status. */
    static JsonNode body(Response response, int status) {
        assertThat(response.statusCode()).as(response::asString).isEqualTo(status);
        return JSON.readTree(response.asByteArray());
    }

    /** Creates a machine. */
    JsonNode create(Object machine) {
        return body(post("/machines", machine), 201);
    }

    /** Creates a machine from a guest bundle. */
    JsonNode importGuest(Object bundle) {
        return body(post("/machine-imports", bundle), 201);
    }

    /** The answer to loading a crash image. */
    Response put(String machine, Object image) {
        return api().contentType(ContentType.JSON).body(text(image)).put("/machines/{machine}/crash-image", machine);
    }

    /** Loads a crash image, whether or not it is the first. */
    JsonNode load(String machine, Object image) {
        var response = put(machine, image);
        assertThat(response.statusCode()).as(response::asString).isIn(200, 201);
        return JSON.readTree(response.asByteArray());
    }

    /** Carries a change set out. */
    JsonNode hotplug(String machine, Object changeSet) {
        return body(post("/machines/" + machine + "/hotplug-events", changeSet), 201);
    }

    JsonNode machine(String machine) {
        return body(api().get("/machines/{machine}", machine), 200);
    }

    /** The ranges of a machine's System RAM. */
    List<PhysicalRange> systemRam(String machine) {
        return machine(machine)
                .at("/memory/systemRam")
                .valueStream()
                .map(range -> new PhysicalRange(
                        Long.decode(range.get("start").stringValue()),
                        Long.decode(range.get("end").stringValue())))
                .toList();
    }

    /** The codes of what an import warned of. */
    static List<String> warnings(JsonNode imported) {
        return imported.get("warnings")
                .valueStream()
                .map(warning -> warning.get("code").stringValue())
                .toList();
    }

    JsonNode crashImage(String machine) {
        return body(api().get("/machines/{machine}/crash-image", machine), 200);
    }

    /** The header in force in fields. */
    JsonNode elfcorehdr(String machine) {
        return body(api().accept(ContentType.JSON).get("/machines/{machine}/elfcorehdr", machine), 200);
    }

    /** The elfsz bytes of the header in force. */
    byte[] header(String machine) {
        return bytes(machine, "header");
    }

    /** The memsz bytes of the header's segment. */
    byte[] segment(String machine) {
        return bytes(machine, "segment");
    }

    private byte[] bytes(String machine, String extent) {
        var response = api().accept(ContentType.BINARY)
                .queryParam("extent", extent)
                .get("/machines/{machine}/elfcorehdr", machine);
        assertThat(response.statusCode()).as(response::asString).isEqualTo(200);
        return response.asByteArray();
    }

    /** One of the conditions of a machine, as status and reason. */
    String condition(String machine, String type) {
        for (var condition : machine(machine).get("conditions")) {
            if (condition.get("type").stringValue().equals(type)) {
                return condition.get("status").stringValue() + " "
                        + condition.get("reason").stringValue();
            }
        }
        throw new AssertionError("no condition " + type);
    }
}
