package io.crashplug.verification;

import io.crashplug.machine.Machine;
import java.time.Instant;
import java.util.List;

/**
 * A dump of the header in force has other bytes, told inside the transaction.
 *
 * @param sequence number of the verification
 * @param reasons the codes of why they differ
 */
public record VerificationFailed(Machine machine, Instant at, long sequence, List<String> reasons) {}
