package io.crashplug.verification;

import io.crashplug.machine.FindMachines;
import io.crashplug.machine.MachineRef;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what verifications found, also of machines that are deleted. */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class ReadVerifications {

    private final FindMachines find;
    private final VerificationRecords records;

    ReadVerifications(FindMachines find, VerificationRecords records) {
        this.find = find;
        this.records = records;
    }

    /** The verification of that number; not-found if there is none. */
    public VerificationRecord of(MachineRef ref, long sequence) {
        return records.findById(new VerificationRecord.Key(find.everKnown(ref).id(), sequence))
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND, "the machine has no verification %d".formatted(sequence))
                        .toException());
    }

    /**
     * Verifications, newest first.
     *
     * @param after the last number of the page before, null for the first page
     * @param most how many at most
     */
    public List<VerificationRecord> list(MachineRef ref, @Nullable Long after, int most) {
        return records.newestBelow(find.everKnown(ref).id(), after == null ? Long.MAX_VALUE : after, Limit.of(most));
    }
}
