package io.crashplug.storecheck;

import static io.crashplug.storecheck.Check.REVISION_BASE;
import static io.crashplug.storecheck.Check.REVISION_BYTES;
import static io.crashplug.storecheck.Check.REVISION_DIGEST;
import static io.crashplug.storecheck.Check.REVISION_INPUTS;
import static io.crashplug.storecheck.Check.REVISION_REBUILD;

import io.crashplug.elfcore.BuildInputs;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.AuditedRevision;
import io.crashplug.header.DamagedRevision;
import io.crashplug.header.HeaderRevision;
import io.crashplug.header.LoadsDigest;
import java.util.Objects;

/** Checks one revision by itself: its bytes, what they hash to, and what a rebuild from its inputs gives. */
final class CheckRevision {

    private final AuditedRevision audited;
    private final HeaderRevision revision;
    private final boolean inputsAreKept;
    private final Findings findings;

    /** @param inputsAreKept whether the inputs are kept of those revisions that a kernel built */
    CheckRevision(AuditedRevision audited, boolean inputsAreKept, Findings findings) {
        this.audited = audited;
        this.revision = audited.revision();
        this.inputsAreKept = inputsAreKept;
        this.findings = findings;
    }

    void run() {
        try {
            var content = audited.content();
            if (digests(content)) {
                inputs(revision.inForce().bytes(content));
            }
        } catch (DamagedRevision e) {
            found(
                    switch (e.part()) {
                        case BASE -> REVISION_BASE;
                        case CONTENT -> REVISION_BYTES;
                        case INPUTS -> REVISION_INPUTS;
                    },
                    Objects.requireNonNull(e.getMessage()));
        }
    }

    private boolean digests(SegmentContent content) {
        var header = revision.inForce();
        if (Long.compareUnsigned(header.elfszBytes(), revision.memszBytes()) > 0) {
            found(
                    REVISION_DIGEST,
                    "its elfsz %d > memsz %s"
                            .formatted(header.elfszBytes(), Long.toUnsignedString(revision.memszBytes())));
            return false;
        }
        var actual = header.bytes(content).sha256();
        if (!actual.equals(header.sha256())) {
            found(
                    REVISION_DIGEST,
                    "its %d bytes have SHA-256 %s, not %s".formatted(header.elfszBytes(), actual, header.sha256()));
            return false;
        }
        var loads = header.decode(content).map(LoadsDigest::of).orElse(null);
        if (!Objects.equals(loads, revision.loadsSha256())) {
            found(REVISION_DIGEST, "its PT_LOADs have SHA-256 %s, not %s".formatted(loads, revision.loadsSha256()));
            return false;
        }
        return true;
    }

    private void inputs(HeaderBytes header) {
        boolean ofKernel = revision.inForce().generation() != null;
        if (inputsAreKept && ofKernel != revision.hasInputs()) {
            found(
                    REVISION_INPUTS,
                    ofKernel
                            ? "a kernel built it, but its inputs are not kept"
                            : "inputs are kept of it, but no kernel built it");
            return;
        }
        audited.inputs().ifPresent(inputs -> rebuild(inputs, header));
    }

    private void rebuild(BuildInputs inputs, HeaderBytes header) {
        if (!(inputs.build() instanceof HeaderBuild.Built built)) {
            found(REVISION_REBUILD, "no header can be built from its inputs");
        } else if (!built.header().bytes().equals(header)) {
            found(
                    REVISION_REBUILD,
                    "a rebuild from its inputs has %d bytes with SHA-256 %s, it has %d with %s"
                            .formatted(
                                    built.header().elfsz(),
                                    built.header().bytes().sha256(),
                                    header.length(),
                                    header.sha256()));
        }
    }

    private void found(Check check, String detail) {
        var name = "revision %d".formatted(revision.revision());
        findings.ofRevision(revision.revision(), check, detail.startsWith(name) ? detail : name + ": " + detail);
    }
}
