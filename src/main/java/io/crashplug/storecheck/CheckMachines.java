package io.crashplug.storecheck;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.crashimage.CrashImages;
import io.crashplug.header.AuditedRevision;
import io.crashplug.machine.FindMachines;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Checks machines with all that is stored of them, in the transaction that is under way. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CheckMachines {

    private final StoredMachines stored;
    private final CheckRevisions revisions;
    private final CheckHistory history;
    private final CheckSegments segments;
    private final FindMachines machines;
    private final CrashImages images;

    CheckMachines(
            StoredMachines stored,
            CheckRevisions revisions,
            CheckHistory history,
            CheckSegments segments,
            FindMachines machines,
            CrashImages images) {
        this.stored = stored;
        this.revisions = revisions;
        this.history = history;
        this.segments = segments;
        this.machines = machines;
        this.images = images;
    }

    /**
     * What is wrong with machines.
     *
     * @throws RuntimeException that {@link Unreadable} knows, if a row of one of them cannot be read
     */
    List<Finding> all(List<UUID> ids) {
        var entities = new Entities(ids);
        var found = new ArrayList<Finding>();
        for (var machine : stored.of(ids)) {
            var findings = new Findings(machine);
            var newest = revisions.check(machine, findings);
            image(machine, entities, newest, findings);
            history.check(machine, findings);
            found.addAll(findings.all());
        }
        return found;
    }

    /** What is wrong with one machine of which not all can be read. */
    List<Finding> unreadable(UUID id) {
        var found = new ArrayList<Finding>();
        for (var machine : stored.of(List.of(id))) {
            var findings = new Findings(machine);
            var newest = revisions.check(machine, findings);
            try {
                image(machine, new Entities(List.of(id)), newest, findings);
            } catch (RuntimeException e) {
                findings.add(Check.READABLE, Unreadable.sentence(e));
            }
            history.check(machine, findings);
            found.addAll(findings.all());
        }
        return found;
    }

    private void image(StoredMachine machine, Entities entities, @Nullable AuditedRevision newest, Findings findings) {
        var entity = entities.machines.get(machine.id());
        var layout = entity == null ? null : entities.layouts.get(machine.id());
        if (entity == null || layout == null) {
            throw new IllegalStateException("machine %s is gone".formatted(machine.id()));
        }
        var check = new CheckImage(entity, layout, findings);
        var image = entities.images.get(machine.id());
        if (image == null) {
            check.none();
            return;
        }
        var profile = entity.kernel().profile();
        var armed = images.armed(image, profile);
        check.loaded(image, armed, newest);
        segments.check(image, armed, profile.digestRule(), findings);
    }

    /** Machines with their layouts and images, read together. */
    private final class Entities {

        private final Map<UUID, Machine> machines = new HashMap<>();
        private final Map<UUID, Layout> layouts = new HashMap<>();
        private final Map<UUID, CrashImage> images;

        private Entities(List<UUID> ids) {
            CheckMachines.this.machines.everKnown(ids).forEach((machine, layout) -> {
                machines.put(machine.id(), machine);
                layouts.put(machine.id(), layout);
            });
            images = CheckMachines.this.images.of(ids);
        }
    }
}
