package io.crashplug.integrations;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** integrations/collect-guest.sh, run against fake /proc and /sys trees that hold what recorded guests held. */
@Timeout(120)
class CollectGuestScriptTest {

    static final Path SCRIPT = Path.of("integrations/collect-guest.sh").toAbsolutePath();
    static final String DIMMS = "k612-nokaslr/06-dimm-add-d2-1G";
    static final String KEXEC_LOAD = "k612-kexec-load/03-kexec-c-hotplug";
    static final int PAGE = 4096;

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @TempDir
    static Path busyboxTools;

    @TempDir
    Path root;

    @TempDir
    Path stubs;

    enum Shell {
        DASH("dash"),
        BASH("bash"),
        /** With a few of busybox's tools and no others, as in an initramfs. */
        BUSYBOX_ASH("busybox", "ash");

        final List<String> command;

        Shell(String... command) {
            this.command = List.of(command);
        }

        String path() {
            return this == BUSYBOX_ASH ? busyboxTools.toString() : System.getenv("PATH");
        }

        @Override
        public String toString() {
            return String.join(" ", command);
        }
    }

    record Run(int status, String out, String err) {

        Map<String, Object> bundle() {
            assertThat(status).as(err).isZero();
            return JSON.readValue(out, new TypeReference<>() {});
        }
    }

    @BeforeAll
    static void installBusybox() throws IOException {
        var busybox = find("busybox");
        if (busybox.isPresent()) {
            var copy = Files.copy(busybox.get(), busyboxTools.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
            for (var tool : List.of("awk", "cat", "dd", "ln", "od", "sed", "sort", "tail", "tr")) {
                Files.createLink(busyboxTools.resolve(tool), copy);
            }
        }
    }

    static Stream<Arguments> stepsInEveryShell() {
        var steps = List.of(
                "k612-nokaslr/00-boot-no-kexec",
                "k612-nokaslr/01-kexec-s",
                "k612-nokaslr/19-dimm-add-d5-384M",
                "k612-kaslr/00-kexec-s",
                "k612-kaslr/08-cpu-del-cpu3",
                "k612-kaslr/13-dimm-add-d3-2G-online",
                "k612-kexec-load/00-kexec-c",
                "k612-kexec-load/05-dimm-add-d1-128M",
                "k612-kexec-load/08-kexec-s",
                "k61/00-boot-no-kexec",
                "k61/02-cpu-add",
                "k61/05-kexec-c",
                "k612-virtio-mem/02-requested-1024M");
        return steps.stream().flatMap(step -> Arrays.stream(Shell.values()).map(shell -> Arguments.of(step, shell)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("stepsInEveryShell")
    void theBundleHoldsWhatTheGuestTellsAndNothingElse(String step, Shell shell) {
        var recording = new Recording(step);
        new FakeGuest(root, recording);

        var run = run(shell);

        assertThat(run.bundle()).isEqualTo(recording.expectedBundle("vm-17"));
        assertThat(run.err()).isEmpty();
    }

    @Nested
    class Facts {

        @ParameterizedTest
        @EnumSource
        void absentSysfsFilesAreLeftOut(Shell shell) {
            var recording = new Recording(DIMMS);
            var guest = new FakeGuest(root, recording);
            var expected = recording.expectedBundle("vm-17");

            guest.delete("sys/devices/system/memory/crash_hotplug");
            guest.delete("sys/kernel/crash_elfcorehdr_size");
            guest.delete("sys/devices/system/cpu/online");
            guest.delete("sys/devices/system/cpu/cpu0/crash_notes_size");
            guest.delete("sys/devices/system/cpu/cpu1/crash_notes");
            guest.delete("proc/sys/kernel/osrelease");
            expected.keySet().removeAll(List.of("crashHotplug", "crashElfcorehdrSizeBytes", "kernelRelease"));
            expected.put("cpus", Map.of("possible", "0-7", "present", "0-3"));
            expected.put(
                    "crashNotes",
                    List.of(
                            Map.of("cpu", 0, "address", "0x6ca3d800"),
                            Map.of("cpu", 2, "address", "0x6cb3d800", "sizeBytes", 368),
                            Map.of("cpu", 3, "address", "0x6cbbd800", "sizeBytes", 368)));
            assertThat(run(shell).bundle()).isEqualTo(expected);
        }

        @ParameterizedTest
        @EnumSource
        void aGuestWithoutSysfsTellsItsMemory(Shell shell) {
            var recording = new Recording(DIMMS);
            var guest = new FakeGuest(root, recording);
            guest.deleteTree("sys");

            assertThat(run(shell).bundle())
                    .containsOnlyKeys("source", "name", "kernelRelease", "iomem")
                    .containsEntry("iomem", recording.text("iomem"));
        }

        @Test
        void theSizeOfTheElfcorehdrIsAlsoReadWhereNewerKernelsKeepIt() {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            guest.delete("sys/kernel/crash_elfcorehdr_size");
            guest.write("sys/kernel/kexec/crash_elfcorehdr_size", "917616\n");

            assertThat(run(Shell.DASH).bundle()).containsEntry("crashElfcorehdrSizeBytes", 917616);
        }

        @ParameterizedTest
        @EnumSource
        void notesAreInTheOrderOfTheirCpus(Shell shell) {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            var expected = new ArrayList<Map<String, Object>>();
            for (int cpu = 0; cpu < 12; cpu++) {
                guest.write("sys/devices/system/cpu/cpu" + cpu + "/crash_notes", "6ca3d8%02x\n".formatted(cpu));
                guest.write("sys/devices/system/cpu/cpu" + cpu + "/crash_notes_size", "368\n");
                expected.add(Map.of("cpu", cpu, "address", "0x6ca3d8%02x".formatted(cpu), "sizeBytes", 368));
            }
            guest.write("sys/devices/system/cpu/cpufreq/boost", "1\n");

            assertThat(run(shell).bundle()).containsEntry("crashNotes", expected);
        }

        @ParameterizedTest
        @EnumSource
        void everyCharacterOfIomemComesThrough(Shell shell) {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            var all = new StringBuilder(guest.recording.text("iomem"));
            all.append("f0-f1 : \\\" %s %% \\n é € \ud83d\ude00 ");
            for (char c = 1; c < 0x80; c++) {
                all.append(c);
            }
            guest.write("proc/iomem", all.toString());

            var run = run(shell);

            assertThat(run.bundle()).containsEntry("iomem", all.toString());
            assertThat(run.out().chars()).allMatch(c -> c < 0x80);
        }

        @Test
        void bytesThatAreNotUtf8AreReplaced() throws IOException {
            new FakeGuest(root, new Recording(DIMMS));
            var odd =
                    new byte[] {'0', '-', '1', ' ', ':', ' ', (byte) 0xff, (byte) 0xc3, '(', (byte) 0xe2, (byte) 0x82};
            Files.write(root.resolve("proc/iomem"), odd, StandardOpenOption.APPEND);

            assertThat((String) run(Shell.DASH).bundle().get("iomem")).endsWith("0-1 : \ufffd\ufffd(\ufffd");
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @EnumSource
        void zeroedIomemIsRefused(Shell shell) {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            var iomem = guest.recording.text("iomem");
            guest.write("proc/iomem", iomem.replaceAll("(?m)^( *)[^ ]+ :", "$100000000-00000000 :"));

            var sentence = "all addresses in %s/proc/iomem are zero: run as root (the kernel hides them from others)";
            assertThat(run(shell)).isEqualTo(refusal(1, sentence));
        }

        @ParameterizedTest
        @EnumSource
        void absentIomemIsRefused(Shell shell) {
            new FakeGuest(root, new Recording(DIMMS)).delete("proc/iomem");

            assertThat(run(shell)).isEqualTo(refusal(1, "%s/proc/iomem cannot be read, or is empty"));
        }

        @Test
        void iomemWithoutSystemRamIsRefused() {
            new FakeGuest(root, new Recording(DIMMS)).write("proc/iomem", "00000000-00000fff : Reserved\n");

            assertThat(run(Shell.DASH)).isEqualTo(refusal(1, "%s/proc/iomem shows no System RAM"));
        }

        @ParameterizedTest
        @EnumSource
        void aNameThatNoMachineCanHaveIsRefused(Shell shell) {
            new FakeGuest(root, new Recording(DIMMS));
            var uuid = "8C9F1D4E-1111-4222-8333-444455556666";
            for (var name : List.of("", "-a", "a b", "a\nb", "a/b", "x".repeat(64), uuid)) {
                assertThat(run(shell, "-n", name))
                        .isEqualTo(refusal(2, "'" + name + "' is not a name for a machine (see --help)"));
            }
        }

        @Test
        void aHostNameThatGivesNoNameIsRefused() {
            new FakeGuest(root, new Recording(DIMMS)).write("proc/sys/kernel/hostname", "--\n");

            assertThat(run(Shell.DASH))
                    .isEqualTo(refusal(2, "the host name '--' gives no name for the machine: give one with -n"));
        }

        @Test
        void unknownArgumentsAreRefused() {
            assertThat(run(Shell.DASH, "--nmae")).isEqualTo(refusal(2, "unknown argument '--nmae' (see --help)"));
            assertThat(run(Shell.DASH, "-n")).isEqualTo(refusal(2, "-n needs a value (see --help)"));
            assertThat(run(Shell.DASH, "-a", "0x6f000001"))
                    .isEqualTo(refusal(2, "'0x6f000001' is not the address of a page such as 0x6f000000"));
        }

        private Run refusal(int status, String sentence) {
            return new Run(status, "", "collect-guest.sh: " + sentence.replace("%s", root.toString()) + "\n");
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @EnumSource
        void theHostNameIsMadeAName(Shell shell) {
            var guest = new FakeGuest(root, new Recording("k612-nokaslr/00-boot-no-kexec"));
            var names = new LinkedHashMap<String, String>();
            names.put("db 1.example/x", "db-1.example-x");
            names.put("-_.a\"b\\c", "a-b-c");
            names.put("x".repeat(64), "x".repeat(63));
            names.put("8c9f1d4e-1111-4222-8333-444455556666", "host-8c9f1d4e-1111-4222-8333-444455556666");
            names.forEach((host, name) -> {
                guest.write("proc/sys/kernel/hostname", host + "\n");
                assertThat(run(shell).bundle()).containsEntry("name", name);
            });
        }

        @ParameterizedTest
        @EnumSource
        void aGivenNameIsTaken(Shell shell) {
            var guest = new FakeGuest(root, new Recording("k612-nokaslr/00-boot-no-kexec"));
            guest.delete("proc/sys/kernel/hostname");

            assertThat(run(shell, "-n", "A.b_c-9").bundle()).containsEntry("name", "A.b_c-9");
        }
    }

    @Nested
    class Elfcorehdr {

        @ParameterizedTest
        @EnumSource
        void aHeaderLeftByAnUnloadedImageIsNotRead(Shell shell) {
            new FakeGuest(root, new Recording(DIMMS)).write("sys/kernel/kexec_crash_loaded", "0\n");

            assertThat(run(shell).bundle())
                    .containsEntry("kexecCrashLoaded", false)
                    .doesNotContainKey("elfcorehdr");
        }

        @ParameterizedTest
        @EnumSource
        void anUnreadableKcoreGivesAWarning(Shell shell) {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            guest.delete("proc/kcore");
            guest.write("sys/kernel/security/lockdown", "none integrity [confidentiality]\n");

            assertWithoutHeader(run(shell), "/proc/kcore cannot be read (kernel lockdown is at confidentiality)");
        }

        @ParameterizedTest
        @EnumSource
        void memoryWithoutAHeaderGivesAWarning(Shell shell) {
            new FakeGuest(root, new Recording(DIMMS)).writeKcore(Map.of(), 0);

            assertWithoutHeader(run(shell), "/proc/kcore shows no ELF core header at 0x6f000000");
        }

        @ParameterizedTest
        @EnumSource
        void aHeaderThatChangesBetweenReadsGivesAWarning(Shell shell) {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            var offset = FakeGuest.offsetInKcore(guest.recording.headerAddress() + 128, 0);

            stubDd(shell, "printf %08d $n | $dd of=" + root + "/proc/kcore bs=1 seek=" + offset + " conv=notrunc");

            assertWithoutHeader(run(shell), "the header at 0x6f000000 changed between all reads");
        }

        @ParameterizedTest
        @EnumSource
        void everyReadFindsItsPlaceInKcoreAnew(Shell shell) throws IOException {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            var kcore = root.resolve("proc/kcore");
            var before = root.resolve("before");
            var after = root.resolve("after");
            Files.move(kcore, before);
            guest.writeKcore(guest.recording.loadedImage(), 100);
            Files.move(kcore, after);
            for (int read : List.of(4, 6, 7, 9, 10, 12, 16)) {
                Files.deleteIfExists(kcore);
                Files.createSymbolicLink(kcore, before);
                stubDd(shell, "[ $n -ne " + read + " ] || ln -sf " + after + " " + kcore);

                var run = run(shell);

                assertThat(kcore).as("read %d", read).isSymbolicLink();
                assertThat(run.err()).as("read %d", read).isEmpty();
                assertThat(run.bundle()).containsEntry("elfcorehdr", guest.recording.elfcorehdr());
            }
        }

        @ParameterizedTest
        @EnumSource
        void theHighCrashKernelRegionHoldsTheHeader(Shell shell) {
            var guest = new FakeGuest(root, new Recording(DIMMS));
            guest.write("proc/iomem", guest.recording.text("iomem") + "140000000-14fffffff : Crash kernel\n");
            guest.writeKcore(Map.of(0x140000000L, guest.recording.head()), 0);

            assertThat(run(shell).bundle()).containsEntry("elfcorehdr", guest.recording.elfcorehdr());
        }

        @ParameterizedTest
        @EnumSource
        void aHeaderNamedByACommandLineWinsOverOneLeftAtTheRegionsStart(Shell shell) {
            var armed = new Recording(KEXEC_LOAD);
            var guest = new FakeGuest(root, armed);
            var memory = armed.loadedImage();
            memory.put(0x6f000000L, new Recording(DIMMS).head());
            guest.writeKcore(memory, 0);

            assertThat(run(shell).bundle()).containsEntry("elfcorehdr", armed.elfcorehdr());
        }

        @ParameterizedTest
        @EnumSource
        void twoNamedHeadersAreNotChosenBetween(Shell shell) {
            var left = new Recording(KEXEC_LOAD);
            var right = new Recording(DIMMS);
            var memory = left.loadedImage();
            memory.putAll(right.loadedImage());
            new FakeGuest(root, right).writeKcore(memory, 0);

            var run = run(shell);
            assertThat(run.err()).contains("0x6f000000", "0x7ee80000", "could both be the armed one", "-a");
            assertThat(run.bundle()).doesNotContainKey("elfcorehdr");
            assertThat(run(shell, "-a", "0x7ee80000").bundle()).containsEntry("elfcorehdr", left.elfcorehdr());
            assertThat(run(shell, "-a", "0x6f000000").bundle()).containsEntry("elfcorehdr", right.elfcorehdr());
        }

        private void assertWithoutHeader(Run run, String reason) {
            assertThat(run.err())
                    .isEqualTo("collect-guest.sh: warning: " + reason + ": the bundle has no elfcorehdr\n");
            assertThat(run.bundle()).containsEntry("kexecCrashLoaded", true).doesNotContainKey("elfcorehdr");
        }
    }

    @Test
    void helpNamesEveryOptionAndExitStatus() {
        var help = run(Shell.DASH, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("-n, --name", "-a, --address", "-h, --help", "CRASHPLUG_ROOT", "Exit status:");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void shellcheckFindsNothing() throws Exception {
        require("shellcheck");
        var shellcheck = new ProcessBuilder("shellcheck", "--shell=sh", SCRIPT.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(shellcheck.getInputStream().readAllBytes(), UTF_8))
                .isEmpty();
        assertThat(shellcheck.waitFor()).isZero();
    }

    Run run(Shell shell, String... arguments) {
        require(shell.command.get(0));
        var command = new ArrayList<String>();
        command.add(find(shell.command.get(0)).orElseThrow().toString());
        command.addAll(shell.command.subList(1, shell.command.size()));
        command.add(SCRIPT.toString());
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command);
        process.environment().put("CRASHPLUG_ROOT", root.toString());
        process.environment().put("PATH", stubs + File.pathSeparator + shell.path());
        var err = stubs.resolve("stderr");
        process.redirectError(err.toFile());
        try {
            var running = process.start();
            var out = new String(running.getInputStream().readAllBytes(), UTF_8);
            return new Run(running.waitFor(), out, Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A dd that first does something to the guest: {@code $n} is the number of the call, {@code $dd} the real dd. */
    void stubDd(Shell shell, String before) {
        require(shell.command.get(0));
        var dd = shell == Shell.BUSYBOX_ASH
                ? busyboxTools.resolve("dd")
                : find("dd").orElseThrow();
        var counter = stubs.resolve("calls");
        write(counter, "0");
        var stub = stubs.resolve("dd");
        write(stub, """
            #!/bin/sh
            dd=%s
            n=$(($(cat %s) + 1))
            echo $n >%s
            %s
            exec $dd "$@"
            """.formatted(dd, counter, counter, before));
        assertThat(stub.toFile().setExecutable(true)).isTrue();
    }

    /** Fails in CI, where nothing may be skipped; elsewhere skips the test, loudly. */
    static void require(String tool) {
        if (find(tool).isPresent()) {
            return;
        }
        var message = "%s is not installed, so collect-guest.sh is not tested with it".formatted(tool);
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        System.err.println("SKIPPED: " + message);
        abort(message);
    }

    static Optional<Path> find(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One recorded step, such as {@code k61/02-cpu-add}, read from the class path. */
    record Recording(String step) {

        private static final Pattern CRASH_KERNEL = Pattern.compile("(?m)^ *([0-9a-f]+)-([0-9a-f]+) : Crash kernel$");

        byte[] bytes(String file) {
            try (var in = CollectGuestScriptTest.class.getResourceAsStream("/recordings/" + step + "/" + file)) {
                assertThat(in).as("recording %s/%s", step, file).isNotNull();
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text(String name) {
            return new String(bytes(name + ".txt"), UTF_8);
        }

        /** Empty where the guest's kernel has no such file. */
        Optional<String> sysfs(String name) {
            return Optional.of(text(name)).filter(text -> !text.strip().equals("absent"));
        }

        Map<String, Object> meta() {
            return JSON.readValue(bytes("meta.json"), new TypeReference<>() {});
        }

        boolean loaded() {
            return meta().containsKey("elfcorehdr_paddr");
        }

        long headerAddress() {
            return Long.decode((String) meta().get("elfcorehdr_paddr"));
        }

        byte[] head() {
            return bytes("elfcorehdr.head.bin");
        }

        /** The header up to the end of the page where its last program header ends. */
        String elfcorehdr() {
            int size = (64 + 56 * (int) meta().get("e_phnum") + PAGE - 1) / PAGE * PAGE;
            return Base64.getEncoder().encodeToString(Arrays.copyOf(head(), size));
        }

        /** The header, and the command line that names it in the way of its load path, by physical address. */
        Map<Long, byte[]> loadedImage() {
            var memory = new TreeMap<Long, byte[]>();
            if (loaded()) {
                Matcher region = CRASH_KERNEL.matcher(text("iomem"));
                assertThat(region.find()).isTrue();
                long start = Long.parseLong(region.group(1), 16);
                long end = Long.parseLong(region.group(2), 16);
                long header = headerAddress();
                memory.put(header, head());
                if (header == start) {
                    memory.put(
                            end + 1 - 0x6000,
                            "elfcorehdr=0x%x irqpoll\0".formatted(header).getBytes(US_ASCII));
                } else {
                    memory.put(
                            end + 1 - 0xacfa4,
                            " elfcorehdr=%dK\0".formatted(header / 1024).getBytes(US_ASCII));
                }
            }
            return memory;
        }

        Map<String, Object> expectedBundle(String name) {
            var bundle = new LinkedHashMap<String, Object>();
            bundle.put("source", "guest");
            bundle.put("name", name);
            bundle.put("kernelRelease", meta().get("kernel"));
            bundle.put("iomem", text("iomem"));
            bundle.put(
                    "cpus",
                    Map.of(
                            "possible", text("cpu_possible").strip(),
                            "present", text("cpu_present").strip(),
                            "online", text("cpu_online").strip()));
            bundle.put(
                    "crashNotes",
                    text("crash_notes").lines().map(Recording::note).toList());
            bundle.put("vmcoreinfo", text("vmcoreinfo").strip());
            sysfs("crash_elfcorehdr_size")
                    .ifPresent(size -> bundle.put("crashElfcorehdrSizeBytes", Integer.valueOf(size.strip())));
            sysfs("crash_hotplug_cpu").ifPresent(cpu -> {
                boolean memory = text("crash_hotplug_memory").startsWith("1");
                bundle.put("crashHotplug", Map.of("cpu", cpu.startsWith("1"), "memory", memory));
            });
            bundle.put("kexecCrashLoaded", text("kexec_crash_loaded").startsWith("1"));
            if (loaded()) {
                bundle.put("elfcorehdr", elfcorehdr());
            }
            return bundle;
        }

        private static Map<String, Object> note(String line) {
            var words = line.split(" ");
            return Map.of(
                    "cpu", Integer.valueOf(words[0].substring(3)),
                    "address", "0x" + words[1],
                    "sizeBytes", Integer.valueOf(words[2]));
        }
    }

    /** The parts of a guest's /proc and /sys that the script may read, as files. */
    static final class FakeGuest {

        private static final long NO_PHYSICAL_ADDRESS = -1;

        final Path root;
        final Recording recording;

        FakeGuest(Path root, Recording recording) {
            this.root = root;
            this.recording = recording;
            write("proc/iomem", recording.text("iomem"));
            write("proc/sys/kernel/hostname", "vm-17\n");
            write("proc/sys/kernel/osrelease", recording.meta().get("kernel") + "\n");
            for (var set : List.of("possible", "present", "online")) {
                write("sys/devices/system/cpu/" + set, recording.text("cpu_" + set));
            }
            recording.text("crash_notes").lines().map(line -> line.split(" ")).forEach(note -> {
                write("sys/devices/system/cpu/" + note[0] + "/crash_notes", note[1] + "\n");
                write("sys/devices/system/cpu/" + note[0] + "/crash_notes_size", note[2] + "\n");
            });
            write("sys/kernel/vmcoreinfo", recording.text("vmcoreinfo"));
            write("sys/kernel/kexec_crash_loaded", recording.text("kexec_crash_loaded"));
            writeIfPresent("sys/kernel/crash_elfcorehdr_size", "crash_elfcorehdr_size");
            writeIfPresent("sys/devices/system/cpu/crash_hotplug", "crash_hotplug_cpu");
            writeIfPresent("sys/devices/system/memory/crash_hotplug", "crash_hotplug_memory");
            writeKcore(recording.loadedImage(), 0);
        }

        private void writeIfPresent(String path, String name) {
            recording.sysfs(name).ifPresent(text -> write(path, text));
        }

        void write(String path, String text) {
            CollectGuestScriptTest.write(root.resolve(path), text);
        }

        void delete(String path) {
            try {
                Files.delete(root.resolve(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void deleteTree(String path) {
            try (var files = Files.walk(root.resolve(path))) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> delete(root.relativize(file).toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Memory follows the program headers, so each header added beyond a page moves it. */
        static long offsetInKcore(long physicalAddress, int moreHeaders) {
            return 0x10000 + (moreHeaders * 56L + PAGE - 1) / PAGE * PAGE + physicalAddress;
        }

        /** A sparse /proc/kcore: a note, areas that are no memory, then memory to 6 GiB with a hole below 4 GiB. */
        void writeKcore(Map<Long, byte[]> memory, int moreHeaders) {
            var headers = ByteBuffer.allocate(64 + 56 * (6 + moreHeaders)).order(ByteOrder.LITTLE_ENDIAN);
            headers.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
            headers.putShort((short) 4).putShort((short) 62).putInt(1);
            headers.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) (6 + moreHeaders));
            headers.position(64);
            header(headers, 4, 0x1000, 0, 0, 0x800);
            // vmalloc and vmemmap reach further than any memory: only p_paddr tells that they are none.
            for (int i = 0; i <= moreHeaders; i++) {
                header(headers, 1, 0x00a0000000001000L, 0xffa0000000000000L, NO_PHYSICAL_ADDRESS, 1L << 53);
            }
            header(headers, 1, 0x7fffff81000000L, 0xffffffff81000000L, 0x1000000, 0x2000000);
            for (long[] ram : new long[][] {{0x1000, 0x9f000}, {0x100000, 0x7ff00000}, {1L << 32, 1L << 31}}) {
                header(headers, 1, offsetInKcore(ram[0], moreHeaders), 0xff11000000000000L + ram[0], ram[0], ram[1]);
            }
            try (var kcore = FileChannel.open(
                    root.resolve("proc/kcore"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SPARSE)) {
                kcore.write(headers.flip(), 0);
                for (var piece : memory.entrySet()) {
                    kcore.write(ByteBuffer.wrap(piece.getValue()), offsetInKcore(piece.getKey(), moreHeaders));
                }
                kcore.write(ByteBuffer.allocate(1), offsetInKcore(0x17fffffffL, moreHeaders));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void header(ByteBuffer to, int type, long offset, long vaddr, long paddr, long size) {
            to.putInt(type).putInt(7).putLong(offset).putLong(vaddr).putLong(paddr);
            to.putLong(size).putLong(size).putLong(PAGE);
        }
    }
}
