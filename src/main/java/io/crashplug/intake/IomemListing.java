package io.crashplug.intake;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What /proc/iomem tells of a guest's memory ({@code r_show()}, kernel/resource.c, Linux 6.6): System RAM at any depth,
 * each range once, and the reservations for a crash kernel.
 *
 * @param systemRam ascending, all of it taken for online, since the listing does not tell
 * @param crashKernel the reservations; the upper one of two is where images are loaded; null if nobody tells
 * @param from whether it is told or worked out
 */
public record IomemListing(
        List<InstalledRange> systemRam, @Nullable CrashKernel crashKernel, Origin.From from) {

    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-fA-F]{1,16})-([0-9a-fA-F]{1,16}) : ([^\\x00]*)");
    private static final Pattern CUT = Pattern.compile("\\s*(\\[\\s*)?(\\.{3,}|…)(\\s*\\])?\\s*");
    private static final Pattern SYSTEM_RAM = Pattern.compile("System RAM(\\s.*)?");
    private static final Pattern CRASH_KERNEL = Pattern.compile("Crash kernel(\\s.*)?");
    /** x86_64 addresses 52 bits of physical memory at most. */
    static final long HIGHEST_ADDRESS = (1L << 52) - 1;

    private static final String VIRTIO_MEM = "(virtio_mem)";

    public IomemListing {
        systemRam = List.copyOf(systemRam);
    }

    /** What is to be known of it. */
    List<GuestImport.Warning> warnings() {
        return systemRam.stream().anyMatch(ram -> ram.range().start() < HeaderFacts.LOW_1M_BYTES)
                ? List.of()
                : List.of(
                        new GuestImport.Warning(
                                "partial-text",
                                "no System RAM is listed below 1 MiB, where every guest has some; so it is a part, or a header, which leaves that out"));
    }

    /**
     * Reads a listing.
     *
     * @throws IllegalArgumentException if it is cut, was read without privilege, or lists no System RAM
     */
    public static IomemListing parse(String text) {
        var reader = new Reader();
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (CUT.matcher(line).matches()) {
                throw new IllegalArgumentException("the listing is cut at line %d".formatted(number));
            }
            if (!line.isBlank()) {
                var parsed = LINE.matcher(line);
                if (!parsed.matches()) {
                    throw new IllegalArgumentException(
                            "line %d has not the form of /proc/iomem, start-end : name".formatted(number));
                }
                reader.line(parsed, number);
            }
        }
        return reader.listing();
    }

    /**
     * Reservations as a listing has them, separated by commas.
     *
     * @throws IllegalArgumentException if they are none
     */
    public static CrashKernel reservations(String ranges) {
        return crashKernel(Arrays.stream(ranges.split(",", -1))
                .map(range -> {
                    var line = LINE.matcher(range.strip().replace("0x", "") + " : ");
                    if (!line.matches()) {
                        throw new IllegalArgumentException(
                                "\"%s\" is no range as /proc/iomem has it, as 6d000000-7cffffff".formatted(range));
                    }
                    return new PhysicalRange(
                            Long.parseUnsignedLong(line.group(1), 16), Long.parseUnsignedLong(line.group(2), 16));
                })
                .toList());
    }

    private static CrashKernel crashKernel(List<PhysicalRange> found) {
        if (found.size() > 2) {
            throw new IllegalArgumentException(
                    "there are %d Crash kernel ranges; Linux reserves two at most".formatted(found.size()));
        }
        var reserved = found.stream().sorted().toList();
        if (reserved.size() == 2 && reserved.get(0).overlaps(reserved.get(1))) {
            throw new IllegalArgumentException(
                    "the Crash kernel ranges %s and %s overlap".formatted(reserved.get(0), reserved.get(1)));
        }
        return new CrashKernel(
                reserved.isEmpty() ? null : reserved.get(reserved.size() - 1),
                reserved.size() < 2 ? null : reserved.get(0),
                List.of());
    }

    /** Collects what counts while it goes through the lines. */
    private static final class Reader {

        private record Resource(PhysicalRange range, String name, boolean insideRam) {}

        private final Deque<Resource> parents = new ArrayDeque<>();
        private final List<InstalledRange> systemRam = new ArrayList<>();
        private final List<PhysicalRange> crashKernels = new ArrayList<>();
        private boolean maskedRam;

        void line(Matcher line, int number) {
            var name = line.group(3).strip();
            long start = Long.parseUnsignedLong(line.group(1), 16);
            long end = Long.parseUnsignedLong(line.group(2), 16);
            boolean ram = SYSTEM_RAM.matcher(name).matches();
            boolean reservation = CRASH_KERNEL.matcher(name).matches();
            if (start == 0 && end == 0) {
                maskedRam = maskedRam || ram || reservation;
                return;
            }
            if (start < 0 || end < start || end > HIGHEST_ADDRESS) {
                if (ram || reservation) {
                    throw new IllegalArgumentException("line %d is no range of memory".formatted(number));
                }
                return;
            }
            var range = new PhysicalRange(start, end);
            while (!parents.isEmpty() && !parents.peek().range().contains(range)) {
                parents.pop();
            }
            boolean insideRam = !parents.isEmpty() && parents.peek().insideRam();
            if (ram && !insideRam) {
                systemRam.add(InstalledRange.of(range, true, deviceOf(name)));
            }
            if (reservation) {
                crashKernels.add(range);
            }
            parents.push(new Resource(range, name, insideRam || ram));
        }

        /** The virtio-mem device that a range lies in is the resource around it. */
        private @Nullable MemoryDevice deviceOf(String name) {
            boolean named = !parents.isEmpty()
                    && !parents.peek().name().isEmpty()
                    && parents.peek().name().length() <= MemoryDevice.MAX_ID_LENGTH;
            return name.contains(VIRTIO_MEM) && named
                    ? new MemoryDevice(
                            MemoryDevice.Type.VIRTIO_MEM, parents.peek().name(), null, null)
                    : null;
        }

        IomemListing listing() {
            if (maskedRam) {
                throw new IllegalArgumentException(
                        "the addresses are all zero: /proc/iomem was read without privilege; read it as root");
            }
            if (systemRam.isEmpty()) {
                throw new IllegalArgumentException("the listing has no System RAM");
            }
            return new IomemListing(systemRam, crashKernel(crashKernels), Origin.From.SOURCE);
        }
    }
}
