package io.crashplug.hotplug;

import io.crashplug.machine.Machine;

/** An entry was appended to a machine's history, told inside the transaction. */
public record HotplugRecorded(Machine machine, HotplugEvent entry) {}
