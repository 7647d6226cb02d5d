package io.crashplug.machine;

import java.time.Instant;
import java.util.Map;

/**
 * A machine was deleted, told inside the transaction.
 *
 * @param labels those it had until then
 */
public record MachineDeleted(Machine machine, Instant at, Map<String, String> labels) {}
