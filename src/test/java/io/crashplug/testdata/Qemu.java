package io.crashplug.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real QEMU with a machine that never runs ({@code -S}): memory and CPUs are plugged over QMP, and unplugged as a guest
 * would agree to it, by writes to the registers of ACPI hotplug (docs/specs/acpi_mem_hotplug.rst and
 * acpi_cpu_hotplug.rst, QEMU 7.2) over the qtest protocol.
 */
public final class Qemu implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_SECONDS = 30;

    private final Path folder;
    private final Process process;
    private final Line monitor;
    private final Line registers;

    private Qemu(Path folder, Process process, Line monitor, Line registers) {
        this.folder = folder;
        this.process = process;
        this.monitor = monitor;
        this.registers = registers;
    }

    /** Lines to and from a socket. */
    private record Line(SocketChannel socket, BufferedReader from, Writer to) {

        static Line to(Path path) throws IOException {
            var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
            return new Line(
                    socket,
                    new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8)),
                    Channels.newWriter(socket, StandardCharsets.UTF_8));
        }

        String ask(String line) {
            try {
                to.write(line + "\n");
                to.flush();
                return read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String read() throws IOException {
            var line = from.readLine();
            if (line == null) {
                throw new IOException("QEMU has ended");
            }
            return line;
        }
    }

    /**
     * Starts one with 512 MiB and a CPU, and room for more. Its sockets lie in a folder, which a later one may have
     * again.
     *
     * <p>Where QEMU is not installed the test that asks is {@linkplain ExternalTool#leftOut left out}.
     */
    public static Qemu start(Path folder) throws IOException, InterruptedException {
        var command = List.of(
                "qemu-system-x86_64",
                "-S",
                "-machine",
                "q35,accel=tcg",
                "-m",
                "512M,slots=4,maxmem=4G",
                "-smp",
                "1,maxcpus=4,sockets=4,cores=1,threads=1",
                "-nodefaults",
                "-display",
                "none",
                "-qmp",
                "unix:monitor,server=on,wait=off",
                "-qmp",
                "unix:watched,server=on,wait=off",
                "-qtest",
                "unix:registers,server=on,wait=off",
                "-qtest-log",
                "/dev/null");
        for (var socket : List.of("monitor", "watched", "registers")) {
            Files.deleteIfExists(folder.resolve(socket));
        }
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("qemu.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    ExternalTool.leftOut("qemu-system-x86_64 is missing, so the watcher is not tried with it"), e);
        }
        try {
            return attached(folder, process);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Qemu attached(Path folder, Process process) throws IOException, InterruptedException {
        // The last one that QEMU makes, so the others are listened to as well.
        var registers = listening(folder.resolve("registers"), process);
        var started = new Qemu(folder, process, Line.to(folder.resolve("monitor")), registers);
        started.monitor.read();
        started.ask("qmp_capabilities", JSON.createObjectNode());
        return started;
    }

    /** Tries until somebody listens, which is a moment after the socket's file is there. */
    private static Line listening(Path path, Process process) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (true) {
            try {
                return Line.to(path);
            } catch (SocketException e) {
                assertThat(process.isAlive()).as("QEMU runs").isTrue();
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    /** The monitor that a test does not use itself. */
    public Path watched() {
        return folder.resolve("watched");
    }

    /** What a command returns. */
    public JsonNode ask(String command) {
        return ask(command, JSON.createObjectNode());
    }

    private JsonNode ask(String command, ObjectNode arguments) {
        var answer = JSON.readTree(monitor.ask(JSON.createObjectNode()
                .put("execute", command)
                .set("arguments", arguments)
                .toString()));
        while (answer.has("event")) {
            try {
                answer = JSON.readTree(monitor.read());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(answer.has("error")).as(answer::toString).isFalse();
        return answer.get("return");
    }

    /** Plugs a DIMM of 256 MiB in, which lies in the slot of that number. */
    public void plugDimm(String id, int slot) {
        var memory =
                JSON.createObjectNode().put("qom-type", "memory-backend-ram").put("id", "of-" + id);
        ask("object-add", memory.put("size", 256L << 20));
        ask(
                "device_add",
                JSON.createObjectNode()
                        .put("driver", "pc-dimm")
                        .put("id", id)
                        .put("memdev", "of-" + id)
                        .put("slot", slot));
    }

    /** Asks for a DIMM back, and ejects it as a guest does. */
    public void unplugDimm(String id, int slot) {
        ask("device_del", JSON.createObjectNode().put("id", id));
        write("outl 0xa00 " + slot);
        write("outb 0xa14 0x8");
        ask("object-del", JSON.createObjectNode().put("id", "of-" + id));
    }

    /** Plugs the CPU of that socket in. */
    public void plugCpu(int socket) {
        ask(
                "device_add",
                JSON.createObjectNode()
                        .put("driver", "qemu64-x86_64-cpu")
                        .put("id", "cpu-" + socket)
                        .put("socket-id", socket)
                        .put("core-id", 0)
                        .put("thread-id", 0));
    }

    /** Asks for a CPU back, and ejects it as a guest does that knows the registers for many CPUs. */
    public void unplugCpu(int socket) {
        write("outl 0xcd8 0");
        ask("device_del", JSON.createObjectNode().put("id", "cpu-" + socket));
        write("outl 0xcd8 " + socket);
        write("outb 0xcdc 0x8");
    }

    private void write(String register) {
        assertThat(registers.ask(register)).as(register).startsWith("OK");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        monitor.socket().close();
        registers.socket().close();
    }
}
