package io.crashplug.crashimage;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.FileLoad;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.PurgatoryDigest;
import io.crashplug.machine.FindMachines;
import io.crashplug.machine.Layout;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Loads and unloads crash images, as kexec does. */
@Service
@Transactional
public class LoadCrashImage {

    private final FindMachines find;
    private final Layouts layouts;
    private final CrashImages images;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LoadCrashImage(
            FindMachines find, Layouts layouts, CrashImages images, ApplicationEventPublisher events, Clock clock) {
        this.find = find;
        this.layouts = layouts;
        this.images = images;
        this.events = events;
        this.clock = clock;
    }

    /** kexec_file_load: the kernel builds the header and places it. */
    public <T> T fileLoad(MachineRef ref, Caller caller, BiFunction<LoadedImage, Boolean, T> view) {
        var machine = find.locked(ref);
        var started = clock.instant();
        var layout = layouts.of(machine);
        var kernel = machine.kernel();
        var load = FileLoad.load(
                kernel.profile(),
                kernel.config(),
                machine.headerInputs(layout.cpus(), layout.memory().asListed()),
                crashKernel(machine),
                kernel.physicalAddressBits(),
                kernel.totalRamPages(layout));
        if (load instanceof FileLoad.NotBuildable failure) {
            throw Problem.of(ProblemType.ELFCOREHDR_NOT_BUILDABLE, "unable to prepare elfcore headers")
                    .with("errno", failure.errno().name())
                    .toException();
        }
        if (load instanceof FileLoad.Refused refused) {
            throw Problem.of(ProblemType.INVALID_SEGMENTS, refused.refusal().rule())
                    .with("errno", refused.refusal().errno().name())
                    .toException();
        }
        var loaded = (FileLoad.Loaded) load;
        var now = Now.of(clock);
        var header = new HeaderInForce(
                machine.nextHeaderRevision(now),
                machine.generation(),
                loaded.header().elfsz(),
                loaded.header().phdrCount(),
                loaded.header().bytes().sha256(),
                now);
        var image = arm(
                machine,
                List.of(),
                loaded.image(),
                loaded.elfHeadersSizeBytes(),
                loaded.image().knownIndex(),
                header,
                now);
        return install(machine, layout, image, loaded.image(), caller, started, view);
    }

    /** Unloads the image; not-found if none is loaded. */
    public void unload(MachineRef ref, Caller caller) {
        var machine = find.locked(ref);
        var started = clock.instant();
        var image = images.of(machine.id()).orElseThrow(NotLoaded::problem);
        var before = image.header().orElse(null);
        images.unload(machine.id());
        var now = Now.of(clock);
        machine.observe(NoImage.findings(machine.crashKernel()), now);
        events.publishEvent(new CrashImageChanged(
                machine,
                CrashImageChanged.Kind.UNLOADED,
                "unloaded the crash image",
                null,
                before,
                null,
                caller,
                now,
                Duration.between(started, clock.instant())));
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

    private CrashImage arm(
            Machine machine,
            List<String> flags,
            ArmedImage armed,
            long elfHeadersSizeBytes,
            int leftOut,
            @Nullable HeaderInForce header,
            Instant now) {
        var segments = new ArrayList<LoadedSegment>();
        for (int i = 0; i < armed.segments().size(); i++) {
            var segment = armed.segments().get(i);
            var content = armed.contents().get(i);
            segments.add(new LoadedSegment(
                    segment.mem(),
                    segment.memsz(),
                    segment.bufsz(),
                    content.known().length(),
                    content.unknownEnd(),
                    null));
        }
        var digest = PurgatoryDigest.of(machine.kernel().profile().digestRule(), armed.contents(), leftOut);
        var image = new CrashImage(machine.id(), flags, armed, segments, elfHeadersSizeBytes, leftOut, digest, now);
        if (header != null) {
            image.headerIs(header);
        }
        return image;
    }

    private <T> T install(
            Machine machine,
            Layout layout,
            CrashImage image,
            ArmedImage armed,
            Caller caller,
            Instant started,
            BiFunction<LoadedImage, Boolean, T> view) {
        var replaced = images.of(machine.id());
        var before = replaced.flatMap(CrashImage::header).orElse(null);
        images.replace(image, armed.contents());
        machine.observe(ImageConditions.findings(machine, layout, image, armed), image.loadedAt());
        var index = armed.elfcorehdrIndex();
        var memsz = index.isPresent() ? armed.segments().get(index.getAsInt()).memsz() : null;
        var detail = index.isPresent()
                ? "Loaded ELF headers at 0x%x"
                        .formatted(armed.segments().get(index.getAsInt()).mem())
                : "unable to locate elfcorehdr segment";
        events.publishEvent(new CrashImageChanged(
                machine,
                CrashImageChanged.Kind.LOADED,
                detail,
                memsz,
                before,
                image.header().orElse(null),
                caller,
                image.loadedAt(),
                Duration.between(started, clock.instant())));
        return view.apply(new LoadedImage(machine, image, armed), replaced.isEmpty());
    }
}
