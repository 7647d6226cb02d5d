package io.crashplug.hotplug;

import io.crashplug.crashimage.CrashImages;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.ImageConditions;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.elfcore.HotplugHandling;
import io.crashplug.elfcore.KernelEvent;
import io.crashplug.machine.ChangeMachine;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.LargestMachine;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Layouts;
import io.crashplug.machine.Machine;
import io.crashplug.machine.MachineRef;
import io.crashplug.machine.Now;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The one transaction that changes a layout and a header: lock the machine, check the changes, handle the kernel event,
 * write layout, bytes and history together.
 */
@Service
public class Hotplug {

    private final ChangeMachine machines;
    private final Layouts layouts;
    private final CrashImages images;
    private final History history;
    private final HotplugMetrics metrics;
    private final LargestMachine largest;
    private final Clock clock;

    Hotplug(
            ChangeMachine machines,
            Layouts layouts,
            CrashImages images,
            History history,
            HotplugMetrics metrics,
            LargestMachine largest,
            Clock clock) {
        this.machines = machines;
        this.layouts = layouts;
        this.images = images;
        this.history = history;
        this.metrics = metrics;
        this.largest = largest;
        this.clock = clock;
    }

    /**
     * Carries a change set out, or refuses it; both are kept in the history.
     *
     * @param isExpected whether the machine's version is the one the client wants to change
     * @throws ProblemException if the request never concerned the machine; nothing is kept then
     */
    public Answer apply(MachineRef ref, ChangeSet set, LongPredicate isExpected, Caller caller) {
        var run = metrics.begin();
        var answer = machines.change(ref, machine -> run.built(() -> attempt(machine, set, isExpected, caller)));
        run.committed(answer.event().outcome());
        return answer;
    }

    /** As {@link #apply}, but nothing is stored. */
    public Answer dryRun(MachineRef ref, ChangeSet set, LongPredicate isExpected, Caller caller) {
        return machines.tryOut(ref, machine -> attempt(machine, set, isExpected, caller));
    }

    /**
     * Carries out the change set that a layout needs, as {@link #apply} does.
     *
     * @param needed the set for the layout there is; empty if it needs none
     * @param dryRun whether nothing is stored
     * @return empty if it needed none
     */
    public Optional<Answer> applyNeeded(
            MachineRef ref,
            BiFunction<Machine, Layout, Optional<ChangeSet>> needed,
            boolean dryRun,
            LongPredicate isExpected,
            Caller caller) {
        Function<Machine, Optional<Answer>> change = machine ->
                needed.apply(machine, layouts.of(machine)).map(set -> attempt(machine, set, isExpected, caller));
        if (dryRun) {
            return machines.tryOut(ref, change);
        }
        var run = metrics.begin();
        var answer = machines.change(ref, machine -> run.built(() -> change.apply(machine)));
        answer.ifPresent(made -> run.committed(made.event().outcome()));
        return answer;
    }

    private Answer attempt(Machine machine, ChangeSet set, LongPredicate isExpected, Caller caller) {
        var started = System.nanoTime();
        var now = Now.of(clock);
        var generation = machine.generation();
        var loaded = images.of(machine.id())
                .map(image -> new LoadedImage(
                        machine, image, images.armed(image, machine.kernel().profile())))
                .orElse(null);
        Problem why;
        HeaderChange header = null;
        try {
            machine.requireVersion(isExpected);
            var before = layouts.of(machine);
            var change = set.applyTo(before, machine.kernel());
            largest.requireOfGrowth(before, change.layout());
            var response = KernelResponse.to(machine, loaded, change);
            if (set.whenTooLarge() == WhenTooLarge.KEEP_STALE || !response.failed()) {
                if (!change.layout().equals(before)) {
                    layouts.update(machine, before.memory(), change.layout().memory());
                    machine.layoutChanged(change.layout().cpus(), now);
                }
                var handled = loaded == null ? response.handled() : carryOut(loaded, change, response, now);
                var entry = Entry.of(set, generation, machine.generation(), handled);
                return new Answer(history.append(machine, now, caller, entry, since(started)), null);
            }
            why = response.problem();
            header = response.handled().header();
        } catch (ProblemException e) {
            if (!ChangeSet.isRefusal(e.problem().type())) {
                throw e;
            }
            why = e.problem();
        }
        var entry = Entry.refused(set, generation, why, header);
        return new Answer(history.append(machine, now, caller, entry, since(started)), why);
    }

    /** Stores what the kernel made of the loaded image. */
    private Handled carryOut(LoadedImage loaded, LayoutChange change, KernelResponse response, Instant now) {
        var machine = loaded.machine();
        var image = loaded.image();
        var handled = response.handled();
        var after = loaded.armed();
        var indexBefore = image.elfcorehdrIndex();
        var headerBefore = image.header();
        if (response.handling() instanceof HotplugHandling.Reached reached) {
            after = reached.image();
            images.reachedByEvent(image, loaded.armed(), after);
        }
        if (response.handling() instanceof HotplugHandling.Rebuilt rebuilt) {
            var before = image.header().orElse(null);
            var header =
                    HeaderInForce.built(machine.nextHeaderRevision(now), machine.generation(), rebuilt.header(), now);
            images.newHeader(machine, image, after, header, rebuilt.header().builtFrom());
            handled = handled.with(HeaderChange.rebuilt(before, header, loaded.armed(), after));
        } else if (response.handling() instanceof HotplugHandling.Unchanged) {
            image.header().ifPresent(header -> image.headerIs(header.alsoOf(machine.generation())));
        }
        if (!image.elfcorehdrIndex().equals(indexBefore) || !image.header().equals(headerBefore)) {
            machine.imageChanged(now);
        }
        if (change.event() == KernelEvent.MEMORY) {
            image.removedLast(change.removed());
        }
        boolean everRebuilds = machine.kernel().profile().hotplugSupport().rewrites();
        if (response.ranToItsEnd() && everRebuilds) {
            image.stillLists(
                    change.stillListed().stream().map(InstalledRange::range).toList());
        }
        ImageConditions.observe(machine, change.layout(), image, after, response.rebuildOf(change), now);
        return handled;
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /**
     * How a change set ended.
     *
     * @param event the entry in the history
     * @param refusal why it was refused; null if it was carried out
     */
    public record Answer(HotplugEvent event, @Nullable Problem refusal) {}
}
