package io.crashplug.storecheck;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with what is stored.
 *
 * @param name what the machine is called, or was until it was deleted
 * @param check which check failed
 * @param detail how, as a sentence with the numbers
 * @param revision the revision that is concerned; null if none is by itself
 * @param sequence the entry of the history that is concerned; null if none is by itself
 */
public record Finding(
        UUID machineId,
        String name,
        Check check,
        String detail,
        @Nullable Long revision,
        @Nullable Long sequence) {}
