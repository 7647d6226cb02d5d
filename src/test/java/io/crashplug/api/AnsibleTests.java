package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.security.Role;
import io.crashplug.testdata.ExternalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** integrations/ansible/guests.yml, played for a guest that is a folder. */
class AnsibleTests extends SecuredTest {

    private static final Path PLAYBOOK = Path.of("integrations/ansible/guests.yml");

    private static final String IOMEM = """
            00001000-0009fbff : System RAM
            00100000-7ffddfff : System RAM
              6f000000-7effffff : Crash kernel
            """;

    @Value("${local.server.port}")
    private int port;

    @TempDir
    private Path guest;

    private String name = "";
    private String token = "";

    @BeforeEach
    void begin() throws IOException {
        name = newName("played");
        token = token(Role.OPERATOR);
        write("proc/iomem", IOMEM);
        for (var list : List.of("possible", "present", "online")) {
            write("sys/devices/system/cpu/" + list, "0-3\n");
        }
        write("sys/kernel/kexec_crash_loaded", "1\n");
        write("token", token + "\n");
    }

    private void write(String file, String text) throws IOException {
        var path = guest.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private ExternalTool.Ended play(String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                "env",
                "CRASHPLUG_ROOT=" + guest,
                "ANSIBLE_NOCOLOR=1",
                "ANSIBLE_LOCAL_TEMP=" + guest.resolve("tmp"),
                "ansible-playbook",
                "-i",
                name + ",",
                "-c",
                "local",
                "-e",
                "ansible_become=false ansible_python_interpreter=/usr/bin/python3 crashplug_url=http://127.0.0.1:"
                        + port + " crashplug_token_file=" + guest.resolve("token"),
                PLAYBOOK.toString()));
        command.addAll(List.of(more));
        ExternalTool.requireInstalled("ansible-playbook", "the playbook is not played");
        return ExternalTool.run(Path.of(""), command);
    }

    private JsonNode machineOf(String token) {
        return body(as(token).get("/machines/" + name), 200);
    }

    private static void changed(ExternalTool.Ended ended, int tasks) {
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("changed=" + tasks + " ").contains("failed=0");
        assertThat(ended.said()).doesNotContain("[WARNING]");
    }

    @Test
    void guestsAreRegisteredAndKeptInStep() throws Exception {
        changed(play(), 2);
        var machine = machineOf(token);
        assertThat(machine.at("/crashImage/loadPath").stringValue()).isEqualTo("KEXEC_FILE_LOAD");
        assertThat(machine.at("/cpus/present").stringValue()).isEqualTo("0-3");
        changed(play(), 0);
        assertThat(machineOf(token)).isEqualTo(machine);

        write("proc/iomem", IOMEM + "100000000-10fffffff : System RAM\n");
        changed(play("--check"), 1);
        assertThat(machineOf(token)).isEqualTo(machine);
        changed(play(), 1);
        assertThat(machineOf(token).at("/memory/systemRam/2/start").stringValue())
                .isEqualTo("0x100000000");
    }

    @Test
    void whatIsRefusedFailsThePlay() throws Exception {
        write("token", "nonsense");
        var ended = play();
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.said()).contains("/problems/unauthorized").contains("failed=1");
    }
}
