package io.crashplug.crashimage;

import static io.crashplug.machine.Condition.Status.False;
import static io.crashplug.machine.Condition.Status.True;
import static io.crashplug.machine.Condition.Status.Unknown;
import static io.crashplug.machine.Condition.Type.HeaderCurrent;
import static io.crashplug.machine.Condition.Type.HeaderFits;
import static io.crashplug.machine.Condition.Type.KdumpReady;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.Errno;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.machine.Condition;
import io.crashplug.machine.Condition.Finding;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds of a machine while an image is loaded: compares the header in force with a rebuild of the layout. */
public final class ImageConditions {

    private ImageConditions() {}

    /** Records what holds of the machine with this layout, and the room that its header has. */
    static void observe(Machine machine, Layout layout, CrashImage image, ArmedImage armed, Instant now) {
        observe(machine, layout, image, armed, null, now);
    }

    /**
     * Records what holds of the machine with this layout, and the room that its header has.
     *
     * @param rebuild the header of the layout if it was built before; null to build it
     */
    public static void observe(
            Machine machine,
            Layout layout,
            CrashImage image,
            ArmedImage armed,
            @Nullable ElfCoreHeader rebuild,
            Instant now) {
        var observed = of(
                machine,
                layout,
                image,
                armed,
                rebuild == null ? build(machine, layout) : new HeaderBuild.Built(rebuild));
        image.roomIs(observed.room());
        machine.observe(observed.findings(), now);
    }

    /**
     * What a comparison found.
     *
     * @param room the room that the header has; null where none is known or the kernel does not rewrite it
     */
    public record Observed(
            Map<Condition.Type, Finding> findings, @Nullable HeaderRoom room) {}

    /** What holds of the machine with this layout; nothing is recorded. */
    public static Observed of(Machine machine, Layout layout, CrashImage image, ArmedImage armed) {
        return of(machine, layout, image, armed, build(machine, layout));
    }

    private static HeaderBuild build(Machine machine, Layout layout) {
        return ElfCoreHeader.build(
                machine.kernel().profile(),
                machine.headerInputs(layout.cpus(), layout.memory().asListed()));
    }

    private static Observed of(Machine machine, Layout layout, CrashImage image, ArmedImage armed, HeaderBuild build) {
        var index = armed.elfcorehdrIndex();
        if (index.isEmpty()) {
            return new Observed(notFound(armed.segments().size()), null);
        }
        if (build instanceof HeaderBuild.NotBuildable failure) {
            return new Observed(
                    notBuildable(failure.errno(), layout.memory().ranges().size()), null);
        }
        var content = armed.contents().get(index.getAsInt());
        var header = new ComparedHeader(
                machine, layout, image, index.getAsInt(), content, ((HeaderBuild.Built) build).header());
        // Where the kernel does not rewrite the header there is no room that it could run out of.
        boolean rewritten = image.hotplugSupport(header.profile());
        return new Observed(compared(header), rewritten ? HeaderRoom.of(header.rebuild(), content) : null);
    }

    private static Map<Condition.Type, Finding> notFound(int segments) {
        var message = "of %d segments none begins with the ELF magic".formatted(segments);
        var notFound = new Finding(False, "HeaderNotFound", message);
        return found(notFound, new Finding(Unknown, "HeaderNotFound", message), notFound);
    }

    private static Map<Condition.Type, Finding> notBuildable(Errno errno, int ranges) {
        var message = "no header can be built for the layout of %d ranges (%s)".formatted(ranges, errno);
        return found(
                new Finding(False, "NotBuildable", message),
                new Finding(Unknown, "NotBuildable", message),
                new Finding(False, "HeaderStale", message));
    }

    private static Map<Condition.Type, Finding> compared(ComparedHeader header) {
        var fitting = fitting(header);
        if (header.isCurrent()) {
            return found(current(header), fitting, header.breaksDigest() ? digestMismatch(header) : ready(header));
        }
        if (header.image().isAsUserspaceLoadedIt(header.machine())) {
            var unknown = userspace(header);
            return found(unknown, fitting, unknown);
        }
        var stale = StaleHeader.finding(header);
        return found(stale, fitting, new Finding(False, "HeaderStale", stale.message()));
    }

    private static Finding fitting(ComparedHeader header) {
        return header.fits()
                ? new Finding(True, "Fits", header.sizes())
                : new Finding(False, "TooLarge", header.sizes());
    }

    // What holds most of the time names no number that each event changes: that would cost each event a row.

    private static Finding current(ComparedHeader header) {
        return new Finding(
                True,
                "EqualsRebuild",
                "the header in force equals a rebuild of the layout, elfsz %d"
                        .formatted(header.rebuild().elfsz()));
    }

    private static Finding ready(ComparedHeader header) {
        return new Finding(
                True,
                "HeaderCurrent",
                "the header in force describes the layout, elfsz %d"
                        .formatted(header.rebuild().elfsz()));
    }

    private static Finding digestMismatch(ComparedHeader header) {
        return new Finding(
                False,
                "DigestMismatch",
                "the purgatory's digest covers the elfcorehdr, segment %d, which was rewritten since the load"
                        .formatted(header.index()));
    }

    private static Finding userspace(ComparedHeader header) {
        return new Finding(
                Unknown,
                "UserspaceHeader",
                "userspace built the header for the layout as it is; Linux would build it differently: "
                        + header.phdrs());
    }

    private static Map<Condition.Type, Finding> found(Finding current, Finding fits, Finding ready) {
        return Map.of(HeaderCurrent, current, HeaderFits, fits, KdumpReady, ready);
    }
}
