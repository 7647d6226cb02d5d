package io.crashplug.verification;

import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.crashimage.LoadedImage;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.header.FindRevisions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The revisions of a machine in the database. */
final class StoredRevisions implements Revisions {

    /** Among so many the nearest is looked for. */
    private static final int NEWEST = 8;

    private final FindRevisions find;
    private final UUID machine;
    private final @Nullable LoadedImage loaded;

    StoredRevisions(FindRevisions find, UUID machine, @Nullable LoadedImage loaded) {
        this.find = find;
        this.machine = machine;
        this.loaded = loaded;
    }

    private Optional<HeaderInForce> inForce() {
        return Optional.ofNullable(loaded).flatMap(image -> image.image().header());
    }

    @Override
    public Optional<Revision> current() {
        return inForce()
                .flatMap(header -> segment()
                        .map(content ->
                                new Revision(header.revision(), true, header.bytes(content), header.phdrCount())));
    }

    @Override
    public Optional<SegmentContent> segment() {
        if (loaded == null || loaded.armed().elfcorehdrIndex().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                loaded.armed().contents().get(loaded.armed().elfcorehdrIndex().getAsInt()));
    }

    @Override
    public Optional<Revision> findEqual(int elfszBytes, String sha256) {
        return find.equal(machine, elfszBytes, sha256).map(this::revision);
    }

    @Override
    public Collection<Integer> elfszBytes() {
        return find.elfszBytes(machine);
    }

    @Override
    public Optional<Revision> findByLoads(String loadsDigest) {
        return find.byLoads(machine, loadsDigest).map(this::revision);
    }

    @Override
    public List<Revision> newest() {
        return find.newest(machine, NEWEST).stream().map(this::revision).toList();
    }

    /** Numbers rise, so the one in force is the newest of those that answer a question. */
    private Revision revision(FindRevisions.Found found) {
        var number = found.header().revision();
        boolean current =
                inForce().filter(header -> header.revision() == number).isPresent();
        return new Revision(number, current, found.bytes(), found.header().phdrCount());
    }
}
