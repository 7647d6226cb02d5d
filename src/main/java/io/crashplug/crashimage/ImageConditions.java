package io.crashplug.crashimage;

import static io.crashplug.machine.Condition.Status.False;
import static io.crashplug.machine.Condition.Status.True;
import static io.crashplug.machine.Condition.Status.Unknown;
import static io.crashplug.machine.Condition.Type.HeaderCurrent;
import static io.crashplug.machine.Condition.Type.HeaderFits;
import static io.crashplug.machine.Condition.Type.KdumpReady;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.PurgatoryDigest;
import io.crashplug.machine.Condition;
import io.crashplug.machine.Condition.Finding;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.List;
import java.util.Map;

/** What holds of a machine while an image is loaded: compares the header in force with a rebuild of the layout. */
public final class ImageConditions {

    private static final String EQUALS_REBUILD = "the header in force equals a rebuild of the layout";

    private static final int MOST_SHOWN = 16;

    private ImageConditions() {}

    public static Map<Condition.Type, Finding> findings(
            Machine machine, Layout layout, CrashImage image, ArmedImage armed) {
        var index = armed.elfcorehdrIndex();
        if (index.isEmpty()) {
            var notFound = new Finding(False, "HeaderNotFound", "no segment begins with the ELF magic");
            return Map.of(
                    HeaderCurrent, notFound,
                    HeaderFits, new Finding(Unknown, notFound.reason(), notFound.message()),
                    KdumpReady, notFound);
        }
        var content = armed.contents().get(index.getAsInt());
        var build = ElfCoreHeader.build(
                machine.kernel().profile(),
                machine.headerInputs(layout.cpus(), layout.memory().asListed()));
        if (build instanceof HeaderBuild.NotBuildable failure) {
            var message = "no header can be built for the layout (%s)".formatted(failure.errno());
            return Map.of(
                    HeaderCurrent, new Finding(False, "NotBuildable", message),
                    HeaderFits, new Finding(Unknown, "NotBuildable", message),
                    KdumpReady, new Finding(False, "HeaderStale", message));
        }
        var header = ((HeaderBuild.Built) build).header();
        boolean fits = Long.compareUnsigned(header.elfsz(), content.memszBytes()) <= 0;
        var numbers = "elfsz %d, memsz %s".formatted(header.elfsz(), Long.toUnsignedString(content.memszBytes()));
        boolean current = fits
                && (content.startsWith(header.bytes())
                        || image.header()
                                .flatMap(inForce -> inForce.decode(content))
                                .filter(inForce -> CurrentEitherWay.holds(machine, layout, content, inForce))
                                .isPresent());
        var fitting = fits ? new Finding(True, "Fits", numbers) : new Finding(False, "TooLarge", numbers);
        if (current && breaksDigest(machine, image, index.getAsInt())) {
            return Map.of(
                    HeaderCurrent, new Finding(True, "EqualsRebuild", EQUALS_REBUILD),
                    HeaderFits, fitting,
                    KdumpReady,
                            new Finding(
                                    False,
                                    "DigestMismatch",
                                    "the purgatory's digest covers the elfcorehdr, which was rewritten since the load"));
        }
        if (current) {
            return Map.of(
                    HeaderCurrent, new Finding(True, "EqualsRebuild", EQUALS_REBUILD),
                    HeaderFits, fitting,
                    KdumpReady, new Finding(True, "HeaderCurrent", "the header in force describes the layout"));
        }
        if (image.isAsUserspaceLoadedIt(machine)) {
            var unknown = new Finding(
                    Unknown,
                    "UserspaceHeader",
                    "userspace built the header for the layout as it is; Linux would build it differently");
            return Map.of(HeaderCurrent, unknown, HeaderFits, fitting, KdumpReady, unknown);
        }
        var stale = stale(machine, image, fits, numbers);
        return Map.of(
                HeaderCurrent, stale,
                HeaderFits, fitting,
                KdumpReady, new Finding(False, "HeaderStale", stale.message()));
    }

    private static boolean breaksDigest(Machine machine, CrashImage image, int index) {
        var rule = machine.kernel().profile().digestRule();
        return PurgatoryDigest.covers(rule, index, image.digestLeftOutIndex())
                && image.header()
                        .filter(header -> header.at().isAfter(image.loadedAt()))
                        .isPresent();
    }

    private static Finding stale(Machine machine, CrashImage image, boolean fits, String numbers) {
        var profile = machine.kernel().profile();
        if (!image.stillListed().isEmpty()) {
            return new Finding(
                    False,
                    "KernelRemovalLag",
                    "the header lists removed memory until its next rebuild: " + shortened(image.stillListed()));
        }
        if (!profile.hotplugSupport().rewrites()) {
            return new Finding(
                    False,
                    "NoCrashHotplug",
                    "the kernel rewrites no header; load the image again for the layout as it is");
        }
        if (!image.hotplugSupport(profile)) {
            return new Finding(
                    False, "UpdateNotPermitted", "the image was loaded without permission to rewrite its header");
        }
        if (!fits) {
            return new Finding(False, "TooLarge", "a rebuild of the layout does not fit: " + numbers);
        }
        return new Finding(False, "HeaderStale", "the header in force differs from a rebuild of the layout");
    }

    private static String shortened(List<PhysicalRange> ranges) {
        return ranges.size() <= MOST_SHOWN
                ? ranges.toString()
                : "%s and %d more".formatted(ranges.subList(0, MOST_SHOWN), ranges.size() - MOST_SHOWN);
    }
}
