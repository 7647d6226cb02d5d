package io.crashplug.verification;

import io.crashplug.crashimage.CrashImages;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.diff.HeaderDiff;
import io.crashplug.diff.HeaderDiffText;
import io.crashplug.diff.HeaderSide;
import io.crashplug.header.Descriptions;
import io.crashplug.header.FindRevisions;
import io.crashplug.machine.ChangeMachine;
import io.crashplug.machine.Condition;
import io.crashplug.machine.Layouts;
import io.crashplug.machine.Machine;
import io.crashplug.machine.MachineRef;
import io.crashplug.machine.Now;
import io.crashplug.security.Caller;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;

/** Compares what was dumped from a guest with what is held of its header, and keeps what was found. */
@Service
public class Verify {

    private final ChangeMachine machines;
    private final Layouts layouts;
    private final CrashImages images;
    private final FindRevisions revisions;
    private final VerificationRecords records;
    private final EntityManager entities;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Verify(
            ChangeMachine machines,
            Layouts layouts,
            CrashImages images,
            FindRevisions revisions,
            VerificationRecords records,
            EntityManager entities,
            ApplicationEventPublisher events,
            Clock clock) {
        this.machines = machines;
        this.layouts = layouts;
        this.images = images;
        this.revisions = revisions;
        this.records = records;
        this.entities = entities;
        this.events = events;
        this.clock = clock;
    }

    /** Verifies a machine by a dump of its header. */
    public VerificationRecord verify(MachineRef ref, Dump dump, Caller caller) {
        return machines.change(ref, machine -> verify(machine, dump, caller));
    }

    private VerificationRecord verify(Machine machine, Dump dump, Caller caller) {
        var profile = machine.kernel().profile();
        var loaded = images.of(machine.id())
                .map(image -> new LoadedImage(machine, image, images.armed(image, profile)))
                .orElse(null);
        var stored = new StoredRevisions(revisions, machine.id(), loaded);
        var found = Analysis.of(dump, facts(machine, loaded), stored);
        var last = records.newestBelow(machine.id(), Long.MAX_VALUE, Limit.of(1));
        var now = Now.of(clock);
        var verification = new VerificationRecord(
                machine.id(),
                last.isEmpty() ? 1 : last.get(0).sequence() + 1,
                now,
                caller,
                dump,
                found,
                differences(machine, dump, found, stored));
        entities.persist(verification);
        if (loaded != null && Verdict.isOfTheHeaderInForce(found)) {
            var verdict = Verdict.of(verification.sequence(), found);
            machine.observe(Map.of(Condition.Type.Verified, verdict), now);
            if (verdict.status() == Condition.Status.False) {
                events.publishEvent(new VerificationFailed(machine, now, verification.sequence(), codes(found)));
            }
        }
        return verification;
    }

    private static List<String> codes(Verification found) {
        return found.reasons().stream().map(reason -> reason.code().name()).toList();
    }

    private MachineFacts facts(Machine machine, @Nullable LoadedImage loaded) {
        var profile = machine.kernel().profile();
        return MachineFacts.of(
                machine,
                layouts.of(machine),
                loaded == null ? List.of() : loaded.image().removedLast(),
                profile.hotplugSupport().rewrites()
                        && (loaded == null || loaded.image().hotplugSupport(profile)));
    }

    /** What remains of an unexplained dump, beside the revision that it is nearest to. */
    private static List<String> differences(Machine machine, Dump dump, Verification found, Revisions revisions) {
        var nearest = found.nearest();
        if (found.isExplained() || nearest == null || found.kind() == DumpKind.VMCORE) {
            return List.of();
        }
        return revisions.newest().stream()
                .filter(revision -> revision.number() == nearest.revision())
                .flatMap(revision -> revision.decoded().stream()
                        .map(decoded -> HeaderDiff.between(
                                new HeaderSide(decoded, revision.header(), Descriptions.of(machine)),
                                new HeaderSide(
                                        dump.header(),
                                        dump.first(revision.header().length()),
                                        Descriptions.of(machine)))))
                .findFirst()
                .map(HeaderDiffText::first)
                .orElse(List.of());
    }
}
