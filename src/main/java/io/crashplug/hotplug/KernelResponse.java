package io.crashplug.hotplug;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HotplugHandling;
import io.crashplug.elfcore.HotplugSupport;
import io.crashplug.machine.Machine;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.problem.TooLarge;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel would make of a changed layout, before anything is stored of it.
 *
 * @param handling what its handler did; null if it was not called
 * @param armedBefore the image before; null without one
 */
record KernelResponse(
        @Nullable HotplugHandling handling, @Nullable ArmedImage armedBefore, Handled handled) {

    static KernelResponse to(
            Machine machine, @Nullable CrashImage image, @Nullable ArmedImage armed, LayoutChange change) {
        var listed = change.listedMemory();
        if (image == null || armed == null) {
            return new KernelResponse(null, null, new Handled(Outcome.NO_IMAGE, "no crash image is loaded", null));
        }
        var header = image.header().orElse(null);
        if (change.event() == null) {
            return new KernelResponse(
                    null, armed, new Handled(Outcome.UNCHANGED, "no kernel event", none(armed, header)));
        }
        var profile = machine.kernel().profile();
        var handling = HotplugHandling.handle(
                profile,
                armed,
                change.event(),
                machine.headerInputs(change.layout().cpus(), listed),
                change.goingOffline());
        return new KernelResponse(handling, armed, describe(handling, profile.hotplugSupport(), armed, header));
    }

    private static Handled describe(
            HotplugHandling handling, HotplugSupport support, ArmedImage armed, @Nullable HeaderInForce header) {
        if (handling instanceof HotplugHandling.NotPermitted) {
            var why = support == HotplugSupport.NONE
                    ? "NoCrashHotplug: the kernel rewrites no header"
                    : "UpdateNotPermitted: the image was loaded without permission to rewrite its header";
            return new Handled(Outcome.NOT_PERMITTED, why, none(armed, header));
        }
        if (handling instanceof HotplugHandling.NoElfcorehdr) {
            return new Handled(Outcome.NO_ELFCOREHDR, "unable to locate elfcorehdr segment", null);
        }
        if (handling instanceof HotplugHandling.Skipped) {
            return new Handled(
                    Outcome.UNCHANGED, "CPU event: every possible CPU is listed already", none(armed, header));
        }
        if (handling instanceof HotplugHandling.NotBuildable failure) {
            return new Handled(
                    Outcome.NOT_BUILDABLE, "unable to prepare elfcore headers", none(armed, header), failure.errno());
        }
        if (handling instanceof HotplugHandling.DoesNotFit tooLarge) {
            return new Handled(
                    Outcome.DOES_NOT_FIT,
                    TooLarge.sentence(tooLarge.header().elfsz(), tooLarge.memszBytes()),
                    attempted(armed, header, tooLarge.header()));
        }
        if (handling instanceof HotplugHandling.Unchanged same) {
            return new Handled(
                    Outcome.UNCHANGED,
                    "the rebuilt elfcorehdr equals the bytes in place",
                    attempted(armed, header, same.header()));
        }
        var rebuilt = (HotplugHandling.Rebuilt) handling;
        int index = rebuilt.image().elfcorehdrIndex().orElseThrow();
        return new Handled(
                Outcome.REBUILT,
                "re-loaded elfcorehdr at 0x%x"
                        .formatted(armed.segments().get(index).mem()),
                null);
    }

    /** As {@link #handled()} for a rebuild, whose header has its number now. */
    Handled rebuilt(HeaderInForce header, @Nullable HeaderInForce before) {
        var rebuilt = (HotplugHandling.Rebuilt) handling;
        int index = rebuilt.image().elfcorehdrIndex().orElseThrow();
        var content = rebuilt.image().contents().get(index);
        return new Handled(
                Outcome.REBUILT,
                handled.detail(),
                new HeaderChange(
                        header.revision(),
                        header.elfszBytes(),
                        content.memszBytes(),
                        header.phdrCount(),
                        content.changedBytes(armedBefore.contents().get(index)),
                        before == null ? null : before.sha256(),
                        header.sha256()));
    }

    /** Whether the header could not follow the layout, which the client may want to refuse. */
    boolean failed() {
        return handled.outcome() == Outcome.DOES_NOT_FIT || handled.outcome() == Outcome.NOT_BUILDABLE;
    }

    /** A failure as the problem that refuses the change set. */
    Problem problem() {
        if (handling instanceof HotplugHandling.DoesNotFit tooLarge) {
            return TooLarge.problem(tooLarge.header().elfsz(), tooLarge.memszBytes());
        }
        return Problem.of(ProblemType.ELFCOREHDR_NOT_BUILDABLE, handled.detail())
                .with("errno", String.valueOf(handled.errno()));
    }

    /** The image afterwards; null without one. */
    @Nullable
    ArmedImage armedAfter() {
        return handling instanceof HotplugHandling.Reached reached ? reached.image() : armedBefore;
    }

    private static @Nullable HeaderChange none(ArmedImage armed, @Nullable HeaderInForce header) {
        return header == null ? null : HeaderChange.none(header, memsz(armed));
    }

    private static @Nullable HeaderChange attempted(
            ArmedImage armed, @Nullable HeaderInForce header, ElfCoreHeader built) {
        return header == null ? null : HeaderChange.attempted(header, built.elfsz(), memsz(armed), built.phdrCount());
    }

    private static long memsz(ArmedImage armed) {
        return armed.segments().get(armed.elfcorehdrIndex().orElseThrow()).memsz();
    }
}
