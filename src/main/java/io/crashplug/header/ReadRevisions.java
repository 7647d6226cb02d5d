package io.crashplug.header;

import io.crashplug.machine.FindMachines;
import io.crashplug.machine.Machine;
import io.crashplug.machine.MachineRef;
import io.crashplug.machine.Now;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the headers that are or were in force, also those of machines that are deleted. */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class ReadRevisions {

    private final FindMachines find;
    private final HeaderRevisions revisions;
    private final RevisionStore store;

    ReadRevisions(FindMachines find, HeaderRevisions revisions, RevisionStore store) {
        this.find = find;
        this.revisions = revisions;
        this.store = store;
    }

    /** The header of that number; not-found if there is none. */
    public Elfcorehdr of(MachineRef ref, long number) {
        var machine = find.everKnown(ref);
        return header(machine, revision(machine, number));
    }

    /** The header that was in force at a time; not-found if none was. */
    public Elfcorehdr at(MachineRef ref, Instant time) {
        var machine = find.everKnown(ref);
        var newest = revisions.newestAt(machine.id(), Now.within(time), Limit.of(1)).stream()
                .filter(revision -> revision.unloadedAt().map(time::isBefore).orElse(true))
                .findFirst()
                .orElseThrow(() -> notFound("no elfcorehdr was in force at %s".formatted(time)));
        return header(machine, newest);
    }

    /**
     * What {@code view} makes of two headers.
     *
     * @param to number of the second one; null for the newest
     */
    public <T> T both(MachineRef ref, long from, @Nullable Long to, BiFunction<Elfcorehdr, Elfcorehdr, T> view) {
        var machine = find.everKnown(ref);
        var first = revision(machine, from);
        var second = to == null
                ? revisions
                        .newestBelow(machine.id(), Long.MAX_VALUE, Limit.of(1))
                        .get(0)
                : revision(machine, to);
        return view.apply(header(machine, first), header(machine, second));
    }

    /**
     * Revisions without their bytes, in the order of their numbers.
     *
     * @param after the last number of the page before, null for the first page
     * @param most how many at most
     */
    public List<HeaderRevision> list(MachineRef ref, boolean ascending, @Nullable Long after, int most) {
        var machine = find.everKnown(ref).id();
        return ascending
                ? revisions.oldestAbove(machine, after == null ? 0 : after, Limit.of(most))
                : revisions.newestBelow(machine, after == null ? Long.MAX_VALUE : after, Limit.of(most));
    }

    private HeaderRevision revision(Machine machine, long number) {
        return revisions
                .findById(new HeaderRevision.Key(machine.id(), number))
                .orElseThrow(() -> notFound("the machine has no revision %d of its elfcorehdr".formatted(number)));
    }

    private Elfcorehdr header(Machine machine, HeaderRevision revision) {
        return Elfcorehdr.of(machine, revision.inForce(), store.content(revision), revision.mem());
    }

    private static ProblemException notFound(String detail) {
        return Problem.of(ProblemType.NOT_FOUND, detail).toException();
    }
}
