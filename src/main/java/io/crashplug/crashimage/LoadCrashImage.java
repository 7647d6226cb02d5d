package io.crashplug.crashimage;

import io.crashplug.elfcore.BuildInputs;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.PurgatoryDigest;
import io.crashplug.machine.ChangeMachine;
import io.crashplug.machine.Layouts;
import io.crashplug.machine.Machine;
import io.crashplug.machine.MachineRef;
import io.crashplug.machine.NoImage;
import io.crashplug.machine.Now;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import io.crashplug.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Loads and unloads crash images, as kexec does. */
@Service
public class LoadCrashImage {

    private final ChangeMachine change;
    private final Layouts layouts;
    private final CrashImages images;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LoadCrashImage(
            ChangeMachine change, Layouts layouts, CrashImages images, ApplicationEventPublisher events, Clock clock) {
        this.change = change;
        this.layouts = layouts;
        this.images = images;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Loads an image in the place of the one that is loaded.
     *
     * @return what {@code view} makes of it, told whether it is the first; it runs inside the transaction
     * @throws io.crashplug.problem.ProblemException if the kernel would refuse it; the one that is loaded stays
     *     then. Unlike Linux (ADR 7), which has freed it by that time
     */
    public <T> T load(MachineRef ref, ImageLoader loader, Caller caller, BiFunction<LoadedImage, Boolean, T> view) {
        return change.change(ref, machine -> load(machine, loader, caller, view));
    }

    private <T> T load(Machine machine, ImageLoader loader, Caller caller, BiFunction<LoadedImage, Boolean, T> view) {
        var started = System.nanoTime();
        var layout = layouts.of(machine);
        var prepared = loader.prepare(machine, layout, crashKernel(machine));
        var armed = prepared.armed();
        // Before anything of the machine changes: deleting flushes, and each flush of a change counts a version.
        var replaced = images.of(machine.id());
        var before = replaced.flatMap(CrashImage::header).orElse(null);
        images.unload(machine.id());
        var now = Now.of(clock);
        var digest = PurgatoryDigest.of(
                machine.kernel().profile().digestRule(), armed.contents(), prepared.digestLeftOutIndex());
        var header = numbered(prepared.header(), machine, now);
        var image = new CrashImage(machine, prepared, header, digest, now);
        machine.imageChanged(now);
        ImageConditions.observe(machine, layout, image, armed, now);
        images.insert(image, armed.contents());
        if (header != null) {
            images.newHeader(machine, image, armed, header, builtFrom(prepared.header()));
        } else {
            events.publishEvent(new HeaderChanged(machine, now, null));
        }
        var index = armed.elfcorehdrIndex();
        var segment = index.isPresent() ? armed.segments().get(index.getAsInt()) : null;
        events.publishEvent(new CrashImageChanged(
                machine,
                CrashImageChanged.Kind.LOADED,
                segment == null
                        ? "unable to locate elfcorehdr segment"
                        : "Loaded ELF headers at 0x%x".formatted(segment.mem()),
                segment == null ? null : segment.memsz(),
                before,
                header,
                caller,
                now,
                since(started)));
        return view.apply(new LoadedImage(machine, image, armed), replaced.isEmpty());
    }

    /** Unloads the image; not-found if none is loaded. */
    public void unload(MachineRef ref, Caller caller) {
        change.change(ref, machine -> unload(machine, caller));
    }

    private Machine unload(Machine machine, Caller caller) {
        var started = System.nanoTime();
        var image = images.of(machine.id()).orElseThrow(NotLoaded::problem);
        var index = images.armed(image, machine.kernel().profile()).elfcorehdrIndex();
        var before = image.header().orElse(null);
        images.unload(machine.id());
        var now = Now.of(clock);
        events.publishEvent(new HeaderChanged(machine, now, null));
        machine.observe(NoImage.findings(machine.crashKernel()), now);
        events.publishEvent(new CrashImageChanged(
                machine,
                CrashImageChanged.Kind.UNLOADED,
                "unloaded the crash image",
                index.isPresent() ? image.segments().get(index.getAsInt()).memszBytes() : null,
                before,
                null,
                caller,
                now,
                since(started)));
        return machine;
    }

    private static @Nullable HeaderInForce numbered(
            PreparedImage.@Nullable PreparedHeader header, Machine machine, Instant now) {
        return header == null
                ? null
                : new HeaderInForce(
                        machine.nextHeaderRevision(now),
                        header.generation(),
                        header.elfszBytes(),
                        header.phdrCount(),
                        header.sha256(),
                        now);
    }

    private static @Nullable BuildInputs builtFrom(PreparedImage.@Nullable PreparedHeader header) {
        return header == null ? null : header.builtFrom();
    }

    private static PhysicalRange crashKernel(Machine machine) {
        var reserved = machine.crashKernel().high();
        if (reserved == null) {
            throw Problem.of(
                            ProblemType.NO_CRASH_KERNEL,
                            "machine \"%s\" has no crashKernel range".formatted(machine.name()))
                    .toException();
        }
        return reserved;
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
