package io.crashplug.intake;

import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layout that an elfcorehdr describes: all System RAM but what a dump leaves out, which is the reservations for the
 * crash kernel and the first MiB. Source: prepare_elf_headers() and elf_header_exclude_ranges(), arch/x86/kernel/crash.c,
 * Linux 6.6.
 */
public final class HeaderLayout implements LayoutSource {

    private final HeaderFacts facts;
    private final List<PhysicalRange> listed;

    private HeaderLayout(HeaderFacts facts, List<PhysicalRange> listed) {
        this.facts = facts;
        this.listed = listed;
    }

    /**
     * What a header describes.
     *
     * @throws IllegalArgumentException if it lists what cannot be memory, or none from 1 MiB on
     */
    public static HeaderLayout of(DecodedHeader header) {
        var facts = HeaderFacts.of(header);
        var listed = header.phdrs().stream()
                .filter(HeaderFacts::isSystemRam)
                // kexec-tools leaves such a one of a range that is reserved as a whole.
                .filter(load -> load.memsz() != 0)
                .map(load -> PhysicalRange.ofSize(load.paddr(), load.memsz()))
                .sorted()
                .toList();
        if (listed.stream().allMatch(HeaderOverLayout.LOW_1M::contains)) {
            throw new IllegalArgumentException("the elfcorehdr lists no System RAM from 1 MiB on");
        }
        listed.stream()
                .filter(range -> range.end() > IomemListing.HIGHEST_ADDRESS)
                .forEach(range -> {
                    throw new IllegalArgumentException(
                            "the elfcorehdr lists %s, beyond 52 address bits".formatted(range));
                });
        CrashMemory.of(listed);
        return new HeaderLayout(facts, listed);
    }

    /** What else it tells. */
    public HeaderFacts facts() {
        return facts;
    }

    /**
     * The memory of a machine of which nothing else is known.
     *
     * @param reserved what is left out of the header between the ranges; null if that is not known
     * @throws IllegalArgumentException if the header lists what is reserved, or nothing beside it
     */
    public IomemListing listing(@Nullable CrashKernel reserved) {
        var ranges = new ArrayList<>(listed);
        if (reserved != null) {
            HeaderOverLayout.reservations(reserved, true).forEach(reservation -> join(ranges, reservation));
        }
        return new IomemListing(
                ranges.stream()
                        .sorted()
                        .map(range -> InstalledRange.of(range, true, null))
                        .toList(),
                reserved,
                Origin.From.SOURCE);
    }

    /** A reservation lies inside of System RAM, so what is listed before and behind it was one range. */
    private static void join(List<PhysicalRange> ranges, PhysicalRange reservation) {
        long start = reservation.start();
        long end = reservation.end();
        for (var range : List.copyOf(ranges)) {
            if (range.overlaps(reservation)) {
                throw new IllegalArgumentException(
                        "the elfcorehdr lists %s, so %s is not reserved".formatted(range, reservation));
            }
            if (range.isFollowedBy(reservation) || reservation.isFollowedBy(range)) {
                start = Math.min(start, range.start());
                end = Math.max(end, range.end());
                ranges.remove(range);
            }
        }
        var joined = new PhysicalRange(start, end);
        if (joined.equals(reservation)) {
            throw new IllegalArgumentException(
                    "the elfcorehdr lists no System RAM beside %s, so it is not reserved in any"
                            .formatted(reservation));
        }
        ranges.add(joined);
    }

    @Override
    public String name() {
        return "the elfcorehdr";
    }

    @Override
    public LayoutTarget over(Machine machine, Layout before) {
        var difference = new HeaderOverLayout(machine, before);
        return new LayoutTarget(
                        name(),
                        null,
                        difference.present(facts),
                        null,
                        InstalledMemory.of(difference.memory(listed, facts.fromKexecTools())),
                        null,
                        null,
                        List.of(),
                        List.of(new GuestImport.Warning(
                                "header-may-be-old", "an elfcorehdr lists what was known when it was last rebuilt")))
                .with(ToldKernel.of(facts, before.cpus().possible()).differenceFrom(machine, name()));
    }
}
