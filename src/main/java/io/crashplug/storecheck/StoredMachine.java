package io.crashplug.storecheck;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a machine, read without anything that may fail to be decoded.
 *
 * @param newestRevision the number of its newest revision, 0 before the first
 * @param revisionsFrom from which number on all revisions are kept
 * @param inputsFrom from which number on they are kept with their inputs
 * @param inForce the revision in force; null for none
 * @param inForceSha256 what the header in force hashes to; null for none
 */
record StoredMachine(
        UUID id,
        String name,
        long generation,
        long newestRevision,
        long revisionsFrom,
        long inputsFrom,
        @Nullable Long inForce,
        @Nullable String inForceSha256) {}
