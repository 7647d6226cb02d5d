package io.crashplug.crashimage;

import static io.crashplug.machine.Condition.Status.False;

import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.Condition.Finding;
import java.util.List;

/** Why a header in force differs from a rebuild of the layout: the first reason that applies. */
final class StaleHeader {

    private static final int MOST_SHOWN = 16;

    private StaleHeader() {}

    static Finding finding(ComparedHeader header) {
        var image = header.image();
        if (!image.stillListed().isEmpty()) {
            return stale(
                    "KernelRemovalLag",
                    "the header lists removed memory until its next rebuild: " + shortened(image.stillListed()));
        }
        if (!header.profile().hotplugSupport().rewrites()) {
            return stale(
                    "NoCrashHotplug",
                    "the kernel rewrites no header; load the image again for the layout as it is: " + header.phdrs());
        }
        if (!image.hotplugSupport(header.profile())) {
            return stale(
                    "UpdateNotPermitted",
                    "the image was loaded without permission to rewrite its header: " + header.phdrs());
        }
        if (!header.fits()) {
            return stale("TooLarge", "a rebuild of the layout does not fit: " + header.sizes());
        }
        return stale("HeaderStale", "the header in force differs from a rebuild of the layout: " + header.phdrs());
    }

    private static Finding stale(String reason, String message) {
        return new Finding(False, reason, message);
    }

    private static String shortened(List<PhysicalRange> ranges) {
        return ranges.size() <= MOST_SHOWN
                ? ranges.toString()
                : "%s and %d more".formatted(ranges.subList(0, MOST_SHOWN), ranges.size() - MOST_SHOWN);
    }
}
