package io.crashplug.verification;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The verifications of all machines: they can be added to and read. */
interface VerificationRecords extends Repository<VerificationRecord, VerificationRecord.Key> {

    VerificationRecord save(VerificationRecord verification);

    Optional<VerificationRecord> findById(VerificationRecord.Key key);

    /** A machine's verifications below a number, newest first. */
    @Query("""
            select v from VerificationRecord v where v.key.machineId = :machine and v.key.sequence < :below
            order by v.key.machineId desc, v.key.sequence desc""")
    List<VerificationRecord> newestBelow(UUID machine, long below, Limit limit);
}
