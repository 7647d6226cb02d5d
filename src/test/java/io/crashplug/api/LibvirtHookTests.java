package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/** integrations/libvirt/crashplug-hook, called as libvirt calls it. */
class LibvirtHookTests extends ApiTest {

    private static final Path HOOK =
            Path.of("integrations/libvirt/crashplug-hook").toAbsolutePath();

    private static final String DOMAIN = """
            <domain type='kvm' id='3'><name>%s</name><memory unit='MiB'>%d</memory><vcpu current='2'>4</vcpu>
            <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><devices>%s</devices></domain>""";

    private static final String DIMM = """
            <memory model='dimm'><target><size unit='MiB'>512</size></target><alias name='dimm0'/>
            <address type='dimm' slot='0' base='0x100000000'/></memory>""";

    @Value("${local.server.port}")
    private int port;

    @TempDir
    private Path folder;

    private Path settings;

    @BeforeEach
    void write() throws IOException {
        settings = Files.writeString(
                folder.resolve("hook.conf"),
                "url=http://127.0.0.1:%d\nkernel_release=6.12.95+deb12-amd64\ncrash_kernel_bytes=268435456\n"
                        .formatted(port));
    }

    private record Ended(int status, String said) {}

    private Ended run(String shell, String guest, String operation, String xml)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(shell.split(" ")));
        command.addAll(List.of(HOOK.toString(), guest, operation, "begin", "-"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CRASHPLUG_HOOK_CONF", settings.toString());
        builder.environment().put("CRASHPLUG_HOOK_WAIT", "1");
        Process hook;
        try {
            hook = builder.start();
        } catch (IOException e) {
            ExternalTool.leftOut(shell + " is missing, so the hook is not tried in it");
            throw e;
        }
        try (var input = hook.getOutputStream()) {
            input.write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It does not read what it has no use for.
        }
        var said = new String(hook.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hook.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(hook.exitValue(), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash"})
    void aGuestThatStartsIsRegisteredAndKeptInStep(String shell) throws Exception {
        var name = newName("hooked");
        assertThat(run(shell, name, "started", DOMAIN.formatted(name, 2048, "")))
                .isEqualTo(new Ended(0, ""));
        var machine = machine(name);
        assertThat(machine.at("/cpus/present").stringValue()).isEqualTo("0-1");
        assertThat(machine.at("/kernel/profile").stringValue()).isEqualTo("LINUX_6_9");
        assertThat(machine.at("/kernel/release").stringValue()).isEqualTo("6.12.95+deb12-amd64");
        assertThat(machine.at("/memory/crashKernel/start").isNull()).isFalse();

        assertThat(run(shell, name, "started", DOMAIN.formatted(name, 2048 + 512, DIMM)))
                .isEqualTo(new Ended(0, ""));
        assertThat(machine(name).at("/memory/systemRam/2/device/id").stringValue())
                .isEqualTo("dimm0");
        var entry = body(api().get("/machines/" + name + "/hotplug-events/1"), 200);
        assertThat(entry.get("reason").stringValue()).isEqualTo("libvirt started the guest");
    }

    @ParameterizedTest
    @CsvSource({
        "a guest, started, <domain/>, cannot be a machine's name",
        "vm, started, no XML, answered 400",
        "'', started, <domain/>, cannot be a machine's name"
    })
    void whatGoesWrongIsSaidAndStopsNoGuest(String guest, String operation, String xml, String said) throws Exception {
        var ended = run("dash", guest, operation, xml);
        assertThat(ended.status()).isZero();
        assertThat(ended.said()).contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "start", "stopped", "release", "migrate", ""})
    void otherOperationsAreNoneOfItsBusiness(String operation) throws Exception {
        var name = newName("quiet");
        assertThat(run("dash", name, operation, DOMAIN.formatted(name, 2048, "")))
                .isEqualTo(new Ended(0, ""));
        assertThat(api().get("/machines/" + name).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "url=http://127.0.0.1:1, does not answer",
        "token_file=/nonexistent, cannot be read",
        "syntax ( error, hook.conf ends with an error",
        "url=$undefined, hook.conf ends with an error",
        "exit 3, hook.conf ends with an error"
    })
    void wrongSettingsStopNoGuestEither(String line, String said) throws Exception {
        Files.writeString(settings, line + "\n");
        var ended = run("dash", "vm", "started", "<domain/>");
        assertThat(ended.status()).isZero();
        assertThat(ended.said()).contains(said);
    }

    @Test
    void shellcheckFindsNothing() throws Exception {
        var found = ExternalTool.run(folder, List.of("shellcheck", HOOK.toString()));
        assertThat(found.said()).isEmpty();
        assertThat(found.status()).isZero();
    }
}
