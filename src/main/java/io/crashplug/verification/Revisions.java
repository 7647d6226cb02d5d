package io.crashplug.verification;

import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.LoadsDigest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The revisions of one machine's header. Where several answer a question, the one in force goes first, then the newest. */
public interface Revisions {

    /** The one in force; empty while no image is loaded. */
    Optional<Revision> current();

    /** What the header's segment of the loaded image holds; empty while no image is loaded. */
    Optional<SegmentContent> segment();

    /** The revision of exactly these bytes. */
    Optional<Revision> findEqual(int elfszBytes, String sha256);

    /** The sizes that the revisions have, each once, in any order. */
    Collection<Integer> elfszBytes();

    /** The revision whose PT_LOADs have this digest; see {@link LoadsDigest}. */
    Optional<Revision> findByLoads(String loadsDigest);

    /** A few of the newest revisions, the newest first, among which the nearest is looked for. */
    List<Revision> newest();
}
