package io.crashplug.hotplug;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.crashimage.CrashImages;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.ImageConditions;
import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.HotplugHandling;
import io.crashplug.machine.FindMachines;
import io.crashplug.machine.InstalledRange;
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
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * The one transaction that changes a layout and a header: lock the machine, check the changes, handle the kernel event,
 * write layout, bytes and history together.
 */
@Service
@Transactional
public class Hotplug {

    private final FindMachines find;
    private final Layouts layouts;
    private final CrashImages images;
    private final History history;
    private final Clock clock;

    Hotplug(FindMachines find, Layouts layouts, CrashImages images, History history, Clock clock) {
        this.find = find;
        this.layouts = layouts;
        this.images = images;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Carries a change set out, or refuses it; both are kept in the history.
     *
     * @param isExpected whether the machine's version is the one the client wants to change
     * @throws ProblemException if the request never concerned the machine; nothing is kept then
     */
    public Answer apply(MachineRef ref, ChangeSet set, LongPredicate isExpected, Caller caller) {
        return attempt(ref, set, isExpected, caller);
    }

    /** As {@link #apply}, but nothing is stored. */
    public Answer dryRun(MachineRef ref, ChangeSet set, LongPredicate isExpected, Caller caller) {
        TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
        return attempt(ref, set, isExpected, caller);
    }

    private Answer attempt(MachineRef ref, ChangeSet set, LongPredicate isExpected, Caller caller) {
        var started = System.nanoTime();
        var machine = find.locked(ref);
        var now = Now.of(clock);
        var generation = machine.generation();
        var image = images.of(machine.id()).orElse(null);
        Problem why;
        HeaderChange header = null;
        try {
            machine.requireVersion(isExpected);
            var before = layouts.of(machine);
            var change = set.applyTo(before, machine.kernel());
            var attempt = KernelResponse.to(machine, image, image == null ? null : armed(machine, image), change);
            if (set.whenTooLarge() == WhenTooLarge.KEEP_STALE || !attempt.failed()) {
                if (!change.layout().equals(before)) {
                    layouts.update(machine, before.memory(), change.layout().memory());
                    machine.layoutChanged(change.layout().cpus(), now);
                }
                var handled = carryOut(machine, image, change, attempt, now);
                var entry = Entry.of(set, generation, machine.generation(), handled);
                return new Answer(history.append(machine, now, caller, entry, since(started)), null);
            }
            why = attempt.problem();
            header = attempt.handled().header();
        } catch (ProblemException e) {
            if (!ChangeSet.isRefusal(e.problem().type())) {
                throw e;
            }
            why = e.problem();
        }
        var entry = Entry.refused(set, generation, why, header);
        return new Answer(history.append(machine, now, caller, entry, since(started)), why);
    }

    private ArmedImage armed(Machine machine, CrashImage image) {
        return images.armed(image, machine.kernel().profile());
    }

    private Handled carryOut(
            Machine machine, @Nullable CrashImage image, LayoutChange change, KernelResponse response, Instant now) {
        if (image == null) {
            return response.handled();
        }
        var after = response.armedAfter();
        var handled = response.handled();
        if (response.handling() instanceof HotplugHandling.Reached reached) {
            images.reachedByEvent(image, response.armedBefore(), reached.image());
        }
        if (response.handling() instanceof HotplugHandling.Rebuilt rebuilt) {
            var header = new HeaderInForce(
                    machine.nextHeaderRevision(now),
                    machine.generation(),
                    rebuilt.header().elfsz(),
                    rebuilt.header().phdrCount(),
                    rebuilt.header().bytes().sha256(),
                    now);
            handled = response.rebuilt(header, image.header().orElse(null));
            image.headerIs(header);
        } else if (response.handling() instanceof HotplugHandling.Unchanged) {
            image.header().ifPresent(header -> image.headerIs(header.alsoOf(machine.generation())));
        }
        if (response.handling() instanceof HotplugHandling.Rebuilt
                || response.handling() instanceof HotplugHandling.Unchanged) {
            image.stillLists(
                    change.stillListed().stream().map(InstalledRange::range).toList());
        }
        machine.observe(ImageConditions.findings(machine, change.layout(), image, after), now);
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
