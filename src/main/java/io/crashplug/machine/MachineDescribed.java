package io.crashplug.machine;

import java.time.Instant;
import java.util.List;

/**
 * What describes a machine was changed, told inside the transaction.
 *
 * @param changed the members that have other values, by their names in the API
 */
public record MachineDescribed(Machine machine, Instant at, List<String> changed) {}
