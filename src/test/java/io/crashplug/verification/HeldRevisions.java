package io.crashplug.verification;

import io.crashplug.elfcore.DecodedHeader;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.LoadsDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Revisions in memory, the newest last and in force. */
record HeldRevisions(List<Revision> all, @Nullable SegmentContent content) implements Revisions {

    static final HeldRevisions NONE = new HeldRevisions(List.of(), null);

    static HeldRevisions current(HeaderBytes header, long memszBytes) {
        return new HeldRevisions(List.of(revision(1, true, header)), SegmentContent.of(header, memszBytes));
    }

    static Revision revision(long number, boolean current, HeaderBytes header) {
        return new Revision(
                number, current, header, DecodedHeader.parse(header).phdrs().size());
    }

    @Override
    public Optional<Revision> current() {
        return all.stream().filter(Revision::current).findFirst();
    }

    @Override
    public Optional<SegmentContent> segment() {
        return Optional.ofNullable(content);
    }

    @Override
    public Optional<Revision> findEqual(int elfszBytes, String sha256) {
        return all.stream()
                .filter(it -> it.header().length() == elfszBytes
                        && it.header().sha256().equals(sha256))
                .reduce((older, newer) -> newer);
    }

    @Override
    public Collection<Integer> elfszBytes() {
        return all.stream().map(it -> it.header().length()).distinct().toList();
    }

    @Override
    public Optional<Revision> findByLoads(String loadsDigest) {
        return all.stream()
                .filter(it -> LoadsDigest.of(it.decoded().orElseThrow()).equals(loadsDigest))
                .reduce((older, newer) -> newer);
    }

    @Override
    public List<Revision> newest() {
        var newest = new ArrayList<>(all);
        Collections.reverse(newest);
        return newest;
    }
}
