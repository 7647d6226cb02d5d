package io.crashplug.hotplug;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HotplugHandling;
import io.crashplug.elfcore.HotplugSupport;
import io.crashplug.machine.Machine;
import io.crashplug.problem.NotBuildable;
import io.crashplug.problem.Problem;
import io.crashplug.problem.TooLarge;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel would make of a changed layout, before anything is stored of it.
 *
 * @param handling what its handler did; null if it was not called
 * @param handled the same as the history shows it; a rebuilt header has no number yet and is added later
 */
record KernelResponse(@Nullable HotplugHandling handling, Handled handled) {

    static KernelResponse to(Machine machine, @Nullable LoadedImage loaded, LayoutChange change) {
        var listed = change.listedMemory();
        if (loaded == null) {
            return new KernelResponse(null, new Handled(Outcome.NO_IMAGE, "no crash image is loaded", null));
        }
        var view = new View(loaded.armed(), loaded.image().header().orElse(null));
        if (change.event() == null) {
            return new KernelResponse(null, new Handled(Outcome.UNCHANGED, "no kernel event", view.inForce()));
        }
        var profile = machine.kernel().profile();
        var handling = HotplugHandling.handle(
                profile,
                loaded.armed(),
                change.event(),
                machine.headerInputs(change.layout().cpus(), listed),
                change.goingOffline());
        return new KernelResponse(handling, view.of(handling, profile.hotplugSupport()));
    }

    /** Whether the header could not follow the layout, which the client may want to refuse. */
    boolean failed() {
        return handling instanceof HotplugHandling.DoesNotFit || handling instanceof HotplugHandling.NotBuildable;
    }

    /** Whether the header is now what the kernel built last. */
    boolean ranToItsEnd() {
        return handling instanceof HotplugHandling.Rebuilt || handling instanceof HotplugHandling.Unchanged;
    }

    /** The header of the changed layout, if that is what the handler built; null if it built another one or none. */
    @Nullable
    ElfCoreHeader rebuildOf(LayoutChange change) {
        boolean ofLayout =
                change.stillListed().isEmpty() && change.goingOffline().isEmpty();
        return ofLayout && handling instanceof HotplugHandling.Built built ? built.header() : null;
    }

    /** A failure as the problem that refuses the change set. */
    Problem problem() {
        if (handling instanceof HotplugHandling.DoesNotFit tooLarge) {
            return TooLarge.problem(tooLarge.header().elfsz(), tooLarge.memszBytes());
        }
        return NotBuildable.problem(String.valueOf(handled.errno()));
    }

    /** Shows an outcome against the header that was in force. */
    private record View(ArmedImage armed, @Nullable HeaderInForce header) {

        Handled of(HotplugHandling handling, HotplugSupport support) {
            if (handling instanceof HotplugHandling.NotPermitted) {
                var why = !support.rewrites()
                        ? "NoCrashHotplug: the kernel rewrites no header"
                        : "UpdateNotPermitted: the image was loaded without permission to rewrite its header";
                return new Handled(Outcome.NOT_PERMITTED, why, inForce());
            }
            if (handling instanceof HotplugHandling.NoElfcorehdr) {
                return new Handled(Outcome.NO_ELFCOREHDR, "unable to locate elfcorehdr segment", null);
            }
            if (handling instanceof HotplugHandling.Skipped) {
                return new Handled(Outcome.UNCHANGED, "CPU event: every possible CPU is listed already", inForce());
            }
            if (handling instanceof HotplugHandling.NotBuildable failure) {
                return new Handled(Outcome.NOT_BUILDABLE, NotBuildable.SENTENCE, inForce(), failure.errno());
            }
            if (handling instanceof HotplugHandling.DoesNotFit tooLarge) {
                return new Handled(
                        Outcome.DOES_NOT_FIT,
                        TooLarge.sentence(tooLarge.header().elfsz(), tooLarge.memszBytes()),
                        attempted(tooLarge.header()));
            }
            if (handling instanceof HotplugHandling.Unchanged same) {
                return new Handled(
                        Outcome.UNCHANGED,
                        "the rebuilt elfcorehdr equals the bytes in place",
                        attempted(same.header()));
            }
            int index = armed.elfcorehdrIndex().orElseThrow();
            return new Handled(
                    Outcome.REBUILT,
                    "re-loaded elfcorehdr at 0x%x"
                            .formatted(armed.segments().get(index).mem()),
                    null);
        }

        /** Nothing happened to the header in force. */
        @Nullable
        HeaderChange inForce() {
            return header == null
                    ? null
                    : HeaderChange.attempted(header, header.elfszBytes(), memsz(), header.phdrCount());
        }

        private @Nullable HeaderChange attempted(ElfCoreHeader built) {
            return header == null ? null : HeaderChange.attempted(header, built.elfsz(), memsz(), built.phdrCount());
        }

        private long memsz() {
            return armed.segments().get(armed.elfcorehdrIndex().orElseThrow()).memsz();
        }
    }
}
