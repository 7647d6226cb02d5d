package io.crashplug.intake;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.machine.Exactness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a machine's facts of what its hypervisor tells: the amounts and its memory devices. Where firmware put the rest is
 * invented.
 */
public final class HypervisorImport {

    private final HypervisorFacts told;
    private final Beside beside;

    private HypervisorImport(HypervisorFacts told, Beside beside) {
        this.told = told;
        this.beside = beside;
    }

    /**
     * What is known beside it.
     *
     * @param name the machine's name; the hypervisor's if null
     * @param crashKernelBytes what the guest reserves for a crash kernel, 0 for nothing
     */
    public record Beside(
            @Nullable String name,
            Map<String, String> labels,
            @Nullable KernelProfile profile,
            String kernelRelease,
            long crashKernelBytes) {}

    /**
     * Sorts out what was told.
     *
     * @throws IllegalArgumentException if what it tells cannot be, or is too little
     * @throws NoReservation if the crash kernel finds no place
     * @throws io.crashplug.problem.ProblemException if the layout is impossible
     */
    public static GuestImport.Result of(HypervisorFacts told, Beside beside) {
        return new HypervisorImport(told, beside).result();
    }

    private GuestImport.Result result() {
        if (told.bootBytes() == null) {
            throw new IllegalArgumentException(
                    "%s does not tell how much memory the guest boots with".formatted(told.source()));
        }
        var synthetic = SyntheticLayout.of(told.chipset(), told.bootBytes());
        var ram = Stream.concat(
                        synthetic.systemRam().stream(),
                        told.devices().stream().flatMap(device -> device.range().stream()))
                .toList();
        return synthetic(GuestImport.of(
                facts(new IomemListing(ram, synthetic.crashKernel(beside.crashKernelBytes()), Origin.From.DERIVED))));
    }

    private GuestFacts facts(IomemListing listing) {
        var name = beside.name() == null ? told.name() : beside.name();
        if (name == null) {
            throw new IllegalArgumentException("%s tells no name; give one".formatted(told.source()));
        }
        return GuestFacts.ofListing(
                name,
                beside.labels(),
                told.description(),
                beside.profile(),
                beside.kernelRelease(),
                listing,
                told.possible(),
                told.present(),
                null);
    }

    private GuestImport.Result synthetic(GuestImport.Result result) {
        var warnings = new ArrayList<>(told.allWarnings());
        warnings.add(new GuestImport.Warning(
                "layout-invented",
                "%s does not tell where its memory lies; it was laid out as %s"
                        .formatted(told.source(), told.chipset().laidOutBy())));
        warnings.addAll(result.warnings());
        return new GuestImport.Result(
                result.machine().with(Exactness.SYNTHETIC),
                result.missing(),
                result.origins().stream().map(this::origin).toList(),
                List.copyOf(warnings));
    }

    /** Devices are told with their addresses. What is reserved is never told, but its size may stand beside it. */
    private Origin origin(Origin ofListing) {
        return switch (ofListing.part()) {
            case Origin.DEVICE_MEMORY ->
                new Origin(ofListing.part(), told.others() == null ? Origin.From.DEFAULT : Origin.From.SOURCE);
            case Origin.CRASH_KERNEL ->
                new Origin(
                        ofListing.part(), beside.crashKernelBytes() == 0 ? Origin.From.DEFAULT : Origin.From.DERIVED);
            default -> ofListing;
        };
    }
}
