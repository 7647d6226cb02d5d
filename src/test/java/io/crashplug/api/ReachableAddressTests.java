package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Other machines reach the service only if it asks who they are. */
@ExtendWith(OutputCaptureExtension.class)
class ReachableAddressTests {

    private static final String REQUIRED = "--crashplug.security.authentication=required";

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", ""})
    void withoutAuthenticationItListensOnLoopbackOnly(String address, CapturedOutput output)
            throws IOException, SQLException {
        var store = Store.of(Database.H2);
        assertThatThrownBy(() -> store.start("--server.address=" + address))
                .hasStackTraceContaining("Without authentication the service listens on loopback only");
        assertThat(output)
                .contains("server.address is", "Set crashplug.security.authentication=required", "--create-token=NAME")
                .doesNotContain("Tomcat started", "\tat ");
    }

    @Test
    void norDoesItsManagement() throws IOException, SQLException {
        var store = Store.of(Database.H2);
        assertThatThrownBy(() -> store.start("--management.server.port=0"))
                .hasStackTraceContaining("management.server.address is not set, which is every address");
    }

    @Test
    void withAuthenticationItListensAnywhere(CapturedOutput output) throws IOException, SQLException {
        var store = Store.of(Database.H2);
        try (var service = store.start("--server.address=0.0.0.0", REQUIRED)) {
            assertThat(service.isRunning()).isTrue();
        }
        assertThat(output)
                .contains("Nobody can use the service yet", "--create-token=NAME")
                .doesNotContain("There are no accounts");
        store.job("--create-token=first");
        int before = output.length();
        try (var service = store.start(REQUIRED)) {
            assertThat(service.isRunning()).isTrue();
        }
        assertThat(output.toString().substring(before)).doesNotContain("Nobody can use the service yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.1.2.3"})
    void onLoopbackItSaysThatThereAreNoAccounts(String address, CapturedOutput output)
            throws IOException, SQLException {
        try (var service =
                Store.of(Database.H2).start("--server.address=" + address, "--logging.level.io.crashplug=info")) {
            assertThat(service.isRunning()).isTrue();
        }
        assertThat(output).contains("There are no accounts: whoever reaches this address may do anything");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--crashplug.security.authentication=maybe",
                "--crashplug.security.failed-tries-per-minute=0",
                "--crashplug.security.failed-tries-per-minute=many",
                "--crashplug.limits.page-size=501",
                "--crashplug.limits.body-size=0",
                "--crashplug.limits.body-time=0s",
                "--crashplug.limits.request-time=soon",
                "--crashplug.limits.requests-per-minute=0",
                "--crashplug.lock-timeout-millis=-1",
                "--crashplug.lock-timeout-millis=long",
                "--crashplug.idempotency-key-retention=0s",
                "--crashplug.metrics.fleet-interval=0s"
            })
    void whatIsNoSettingIsRefused(String option, CapturedOutput output) throws IOException, SQLException {
        var store = Store.of(Database.H2);
        assertThatThrownBy(() -> store.start(option)).isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START", option.substring(2, option.indexOf('=')));
    }

    @Test
    void anIssuerWithoutAuthenticationIsNoSetting(CapturedOutput output) throws IOException, SQLException {
        var store = Store.of(Database.H2);
        assertThatThrownBy(
                        () -> store.start("--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1"))
                .isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START", "crashplug.security.authentication=required");
    }
}
