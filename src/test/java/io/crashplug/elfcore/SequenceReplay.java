package io.crashplug.elfcore;

import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.testdata.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A guest that lives through one sequence of the vectors, step by step. */
final class SequenceReplay {

    private static final int PHYSICAL_ADDRESS_BITS = 46;
    private static final long TOTAL_RAM_PAGES = 1L << 24;

    private final KernelProfile profile;
    private final KernelConfig config;
    private final List<KexecSegment> segments = new ArrayList<>();
    private final List<SegmentContent> contents = new ArrayList<>();
    private HeaderInputs guest;
    private @Nullable ArmedImage image;
    private @Nullable SegmentContent before;
    private long elfHeadersSizeBytes;
    private int ret;
    private boolean errorLogged;

    SequenceReplay(JsonNode vector) {
        profile = Vectors.profile(vector);
        var options = vector.get("config");
        config = new KernelConfig(
                options.path("nr_cpus_default").intValue(64),
                options.path("max_memory_ranges").intValue(8192),
                options.path("memory_hotplug").intValue(1) == 1,
                options.path("hotplug_elfcorehdr_sz").longValue(131_072));
        guest = Vectors.inputs(vector);
    }

    /** Takes the step and compares everything that it expects. */
    void play(JsonNode step) {
        before = elfcorehdr();
        ret = 0;
        errorLogged = false;
        step.get("before").forEach(change -> apply(change.get(0).stringValue(), change.get(1)));
        var operation = Vectors.text(step, "op");
        switch (operation) {
            case "load" -> load(step.get("args"));
            case "cpu_add" -> raise(KernelEvent.CPU, CpuSet.NONE);
            case "cpu_remove" ->
                raise(KernelEvent.CPU, CpuSet.parse(step.get("args").get(0).toString()));
            case "mem_add", "mem_remove" -> raise(KernelEvent.MEMORY, CpuSet.NONE);
            default -> throw new IllegalArgumentException(operation);
        }
        step.get("expect").properties().forEach(expected -> compare(expected.getKey(), expected.getValue()));
    }

    private void apply(String change, JsonNode value) {
        switch (change) {
            case "present" -> guest = with(Vectors.cpus(value.stringValue()), guest.systemRam());
            case "ram_add" -> {
                var ram = new ArrayList<>(guest.systemRam().ranges());
                ram.add(Vectors.range(value));
                guest = with(guest.present(), CrashMemory.of(ram));
            }
            case "ram_del" -> {
                var ram = new ArrayList<>(guest.systemRam().ranges());
                assertThat(ram.remove(Vectors.range(value))).isTrue();
                guest = with(guest.present(), CrashMemory.of(ram));
            }
            case "seg" -> {
                var segment = new KexecSegment(
                        Vectors.u64(value.get("mem")),
                        value.get("memsz").longValue(),
                        value.get("bufsz").longValue());
                segments.add(segment);
                contents.add(SegmentContent.of(
                        content(Vectors.text(value, "content"), (int) segment.bufsz()), segment.memsz()));
            }
            default -> throw new IllegalArgumentException(change);
        }
    }

    private HeaderInputs with(CpuSet present, CrashMemory systemRam) {
        return new HeaderInputs(
                guest.possible(),
                present,
                guest.notes(),
                guest.noteSizeBytes(),
                guest.vmcoreinfo(),
                guest.text(),
                guest.pageOffset(),
                systemRam,
                guest.crashKernel());
    }

    private HeaderBytes content(String how, int length) {
        if (how.equals("elf")) {
            var header = Guests.header(profile, guest).bytes().toByteArray();
            return HeaderBytes.of(Arrays.copyOf(header, length));
        }
        var bytes = new byte[length];
        Arrays.fill(bytes, Integer.decode(how.substring("fill:".length())).byteValue());
        return HeaderBytes.of(bytes);
    }

    private void load(JsonNode args) {
        if (args.get(0).stringValue().equals("file")) {
            var load = FileLoad.load(
                    profile, config, guest, guest.crashKernel().high(), PHYSICAL_ADDRESS_BITS, TOTAL_RAM_PAGES);
            if (load instanceof FileLoad.Loaded loaded) {
                image = loaded.image();
                elfHeadersSizeBytes = loaded.elfHeadersSizeBytes();
                // As Linux does: configured for more headers than e_phnum can count, it says so and loads all the same.
                errorLogged = loaded.image().knownIndex() < 0;
            } else if (load instanceof FileLoad.Refused refused) {
                ret = -refused.refusal().errno().number();
            } else if (load instanceof FileLoad.NotBuildable failure) {
                ret = -failure.errno().number();
            }
            return;
        }
        int bits = args.get(1).intValue();
        var flags = profile.knownFlags().stream()
                .filter(flag -> (bits & flag.bit()) != 0)
                .collect(Collectors.toSet());
        var refusal = new SegmentList(segments)
                .check(
                        PHYSICAL_ADDRESS_BITS,
                        TOTAL_RAM_PAGES,
                        guest.crashKernel().high());
        ret = refusal == null ? 0 : -refusal.errno().number();
        if (refusal == null) {
            image = new ArmedImage(LoadPath.KEXEC_LOAD, flags, segments, contents, -1, false);
            elfHeadersSizeBytes = 0;
        }
    }

    private void raise(KernelEvent event, CpuSet goingOffline) {
        var handling = HotplugHandling.handle(profile, image, event, guest, goingOffline);
        errorLogged = handling instanceof HotplugHandling.NoElfcorehdr
                || handling instanceof HotplugHandling.NotBuildable
                || handling instanceof HotplugHandling.DoesNotFit;
        if (handling instanceof HotplugHandling.Reached reached) {
            image = reached.image();
        }
    }

    /** The segment that the kernel knows to be the elfcorehdr's. */
    private @Nullable SegmentContent elfcorehdr() {
        return image == null || image.knownIndex() < 0 ? null : image.contents().get(image.knownIndex());
    }

    private void compare(String name, JsonNode expected) {
        Object actual = switch (name) {
            case "ret" -> ret;
            case "loaded" -> image == null ? 0 : 1;
            case "error_logged" -> errorLogged;
            case "idx" -> image.knownIndex();
            case "mem" -> "0x%x".formatted(segment().mem());
            case "memsz" -> (int) segment().memsz();
            case "bufsz" -> (int) segment().bufsz();
            case "headers_sz" -> (int) elfHeadersSizeBytes;
            case "changed" -> elfcorehdr().equals(before) ? 0 : 1;
            case "phnum" -> DecodedHeader.parse(segmentBytes()).ehdr().phnum();
            case "segment_sha256" -> elfcorehdr().sha256();
            case "segment_file" -> segmentBytes();
            default -> throw new IllegalArgumentException(name);
        };
        assertThat(actual).as(name).isEqualTo(value(name, expected));
    }

    private static Object value(String name, JsonNode expected) {
        if (name.equals("segment_file")) {
            return HeaderBytes.of(Vectors.bytes(expected.stringValue()));
        }
        return expected.isBoolean()
                ? expected.booleanValue()
                : expected.isString() ? expected.stringValue() : (Object) expected.intValue();
    }

    private HeaderBytes segmentBytes() {
        return elfcorehdr().first((int) segment().memsz());
    }

    private KexecSegment segment() {
        return image.segments().get(image.knownIndex());
    }
}
