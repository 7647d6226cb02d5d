package io.crashplug.crashimage;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.machine.Machine;

/** An image with its machine and the bytes of its header's segment, valid inside the transaction that read it. */
public record LoadedImage(Machine machine, CrashImage image, ArmedImage armed) {}
