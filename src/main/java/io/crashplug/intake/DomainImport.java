package io.crashplug.intake;

import io.crashplug.elfcore.KernelProfile;
import io.crashplug.machine.Exactness;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a machine's facts of a libvirt domain. The domain tells the amounts and its memory devices; where firmware put
 * the rest is invented.
 */
public final class DomainImport {

    private DomainImport() {}

    /**
     * What is known beside the domain.
     *
     * @param name the machine's name; the domain's if null
     * @param crashKernelBytes what the guest reserves for a crash kernel, 0 for nothing
     */
    public record Beside(
            @Nullable String name, @Nullable KernelProfile profile, String kernelRelease, long crashKernelBytes) {}

    /**
     * Sorts out what was told.
     *
     * @throws IllegalArgumentException if the text is no domain, or what it says cannot be
     * @throws NoReservation if the crash kernel finds no place
     * @throws io.crashplug.problem.ProblemException if the layout is impossible
     */
    public static GuestImport.Result of(String xml, Beside beside) {
        var domain = DomainReader.read(xml);
        var synthetic = SyntheticLayout.of(domain.chipset(), domain.bootBytes());
        var ram = Stream.concat(
                        synthetic.systemRam().stream(),
                        domain.devices().stream().flatMap(device -> device.range().stream()))
                .toList();
        return synthetic(
                GuestImport.of(
                        facts(domain, beside, new IomemListing(ram, synthetic.crashKernel(beside.crashKernelBytes())))),
                domain);
    }

    private static GuestFacts facts(DomainFacts domain, Beside beside, IomemListing listing) {
        var name = beside.name() == null ? domain.name() : beside.name();
        if (name == null) {
            throw new IllegalArgumentException("the domain has no <name>; give one in the query");
        }
        return GuestFacts.ofListing(
                name,
                domain.description(),
                beside.profile(),
                beside.kernelRelease(),
                listing,
                domain.possible(),
                domain.present());
    }

    private static GuestImport.Result synthetic(GuestImport.Result result, DomainFacts domain) {
        var told = result.machine();
        var warnings = new ArrayList<>(domain.warnings());
        warnings.add(new GuestImport.Warning(
                "layout-invented",
                "a domain does not tell where its memory lies; it was laid out as QEMU and SeaBIOS do"));
        warnings.addAll(result.warnings());
        return new GuestImport.Result(told.with(Exactness.SYNTHETIC), result.missing(), warnings);
    }
}
