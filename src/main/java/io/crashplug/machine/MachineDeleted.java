package io.crashplug.machine;

/** A machine was deleted, told inside the transaction. */
public record MachineDeleted(Machine machine) {}
