package io.crashplug.storecheck;

import static io.crashplug.storecheck.Check.CONDITIONS;
import static io.crashplug.storecheck.Check.HEADER_DIGEST;
import static io.crashplug.storecheck.Check.HEADER_GENERATION;
import static io.crashplug.storecheck.Check.HEADER_REVISION;
import static io.crashplug.storecheck.Check.ROOM;

import io.crashplug.crashimage.CrashImage;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.ImageConditions;
import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.AuditedRevision;
import io.crashplug.machine.Condition;
import io.crashplug.machine.Layout;
import io.crashplug.machine.Machine;
import io.crashplug.machine.NoImage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what is in force: the bytes in the header's segment and what is known of them, and the conditions. */
final class CheckImage {

    private static final List<Condition.Type> OBSERVED =
            List.of(Condition.Type.KdumpReady, Condition.Type.HeaderCurrent, Condition.Type.HeaderFits);

    private final Machine machine;
    private final Layout layout;
    private final Findings findings;

    CheckImage(Machine machine, Layout layout, Findings findings) {
        this.machine = machine;
        this.layout = layout;
        this.findings = findings;
    }

    /** Checks a machine that has no image loaded. */
    void none() {
        if (!machine.isDeleted()) {
            conditions(NoImage.findings(machine.crashKernel()));
        }
    }

    /**
     * Checks the loaded image.
     *
     * @param armed the image with the bytes of the header's segment
     * @param newest the newest revision, which must be the one in force; null if none is kept
     */
    void loaded(CrashImage image, ArmedImage armed, @Nullable AuditedRevision newest) {
        var header = image.header().orElse(null);
        var index = armed.elfcorehdrIndex();
        if (header == null || index.isEmpty()) {
            if (header != null || index.isPresent()) {
                findings.add(
                        HEADER_DIGEST,
                        header == null
                                ? "segment %d begins with the ELF magic, and yet no header is in force"
                                        .formatted(index.getAsInt())
                                : "revision %d is in force, and yet no segment begins with the ELF magic"
                                        .formatted(header.revision()));
                return;
            }
        } else {
            var content = armed.contents().get(index.getAsInt());
            if (!bytes(header, content)) {
                return;
            }
            generation(header);
            if (newest != null
                    && !findings.isDamaged(header.revision())
                    && newest.revision().revision() == header.revision()) {
                long mem = armed.segments().get(index.getAsInt()).mem();
                if (!revision(header, content, mem, newest)) {
                    return;
                }
            }
        }
        if (machine.isDeleted()) {
            // Conditions and room are of machines that live.
            return;
        }
        var observed = ImageConditions.of(machine, layout, image, armed);
        conditions(observed.findings());
        image.room()
                .filter(room -> !room.equals(observed.room()))
                .ifPresent(room -> findings.add(
                        ROOM, "the header has %s, a fresh comparison gives %s".formatted(room, observed.room())));
    }

    private boolean bytes(HeaderInForce header, SegmentContent content) {
        if (Long.compareUnsigned(header.elfszBytes(), content.memszBytes()) > 0) {
            findings.add(
                    HEADER_DIGEST,
                    "elfsz %d > memsz %s".formatted(header.elfszBytes(), Long.toUnsignedString(content.memszBytes())));
            return false;
        }
        var actual = header.bytes(content).sha256();
        if (!actual.equals(header.sha256())) {
            findings.add(
                    HEADER_DIGEST,
                    "the %d bytes of the header in force, revision %d, have SHA-256 %s, not %s"
                            .formatted(header.elfszBytes(), header.revision(), actual, header.sha256()));
            return false;
        }
        return true;
    }

    private void generation(HeaderInForce header) {
        var its = header.generation();
        if (its != null && its > machine.generation()) {
            findings.add(
                    HEADER_GENERATION,
                    "the header in force is of generation %d, the machine is at %d"
                            .formatted(its, machine.generation()));
        }
    }

    /** What is in force was written in one transaction with the revision, but for the generation, which may grow. */
    private boolean revision(HeaderInForce header, SegmentContent content, long mem, AuditedRevision newest) {
        var revision = newest.revision();
        var kept = revision.inForce();
        var sameBut =
                kept.generation() == null || (header.generation() != null && header.generation() >= kept.generation());
        var asKept = new HeaderInForce(
                header.revision(),
                kept.generation(),
                header.elfszBytes(),
                header.phdrCount(),
                header.sha256(),
                header.at());
        if (!sameBut || !asKept.equals(kept) || revision.mem() != mem) {
            findings.ofRevision(
                    header.revision(),
                    HEADER_REVISION,
                    "in force is %s at 0x%x, kept is %s at 0x%x".formatted(header, mem, kept, revision.mem()));
            return false;
        }
        var keptContent = newest.content();
        if (!keptContent.equals(content)) {
            findings.ofRevision(
                    header.revision(),
                    HEADER_REVISION,
                    "the segment of the header in force differs in %d bytes from the one kept with revision %d"
                            .formatted(content.changedBytes(keptContent), header.revision()));
            return false;
        }
        return true;
    }

    private void conditions(Map<Condition.Type, Condition.Finding> fresh) {
        var stored = machine.conditions();
        for (var type : OBSERVED) {
            var is = stored.get(type);
            var found = fresh.get(type);
            if (found != null
                    && (is == null
                            || is.status() != found.status()
                            || !is.reason().equals(found.reason()))) {
                findings.add(
                        CONDITIONS,
                        "%s is %s, a fresh comparison gives %s (%s): %s"
                                .formatted(
                                        type,
                                        is == null ? "missing" : "%s (%s)".formatted(is.status(), is.reason()),
                                        found.status(),
                                        found.reason(),
                                        found.message()));
            }
        }
    }
}
