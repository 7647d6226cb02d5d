package io.crashplug.machine;

/** A machine was created, told inside the transaction. */
public record MachineCreated(Machine machine) {}
