package io.crashplug.crashimage;

import io.crashplug.elfcore.ArmedImage;
import io.crashplug.elfcore.BuildInputs;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.machine.Machine;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The loaded images and the bytes in their segments. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class CrashImages {

    private final CrashImageRepository images;
    private final SegmentStore store;
    private final EntityManager entities;
    private final ApplicationEventPublisher events;

    CrashImages(
            CrashImageRepository images, SegmentStore store, EntityManager entities, ApplicationEventPublisher events) {
        this.images = images;
        this.store = store;
        this.entities = entities;
        this.events = events;
    }

    /** The image a machine has loaded. */
    public Optional<CrashImage> of(UUID machine) {
        return images.findById(machine);
    }

    /** The images that these machines have loaded, by machine. */
    public Map<UUID, CrashImage> of(Collection<UUID> machines) {
        return machines.isEmpty()
                ? Map.of()
                : images.of(machines).stream().collect(Collectors.toMap(CrashImage::machineId, image -> image));
    }

    /**
     * The image as a hotplug event finds it. Only the bytes of the header's segment are read; while its index is
     * unknown, also the beginnings of the others, which the kernel searches for the ELF magic.
     */
    public ArmedImage armed(CrashImage image, KernelProfile profile) {
        var contents = new ArrayList<SegmentContent>();
        for (int i = 0; i < image.segments().size(); i++) {
            contents.add(
                    image.elfcorehdrIndex().isPresent()
                            ? unread(image.segments().get(i))
                            : store.readFirst(
                                    image.machineId(), i, image.segments().get(i)));
        }
        var searched = image.armed(profile, contents);
        searched.elfcorehdrIndex().ifPresent(index -> contents.set(index, content(image, index)));
        return image.armed(profile, contents);
    }

    /** All that is known of one segment. */
    public SegmentContent content(CrashImage image, int index) {
        return store.read(image.machineId(), index, image.segments().get(index));
    }

    /** Takes over what an event did to the image and writes the bytes that changed. */
    public void reachedByEvent(CrashImage image, ArmedImage before, ArmedImage after) {
        image.reachedByEvent(after);
        after.elfcorehdrIndex().ifPresent(index -> {
            var was = before.contents().get(index);
            var is = after.contents().get(index);
            if (!was.equals(is)) {
                store.update(image.machineId(), index, was, is);
                image.contentIs(index, is);
            }
        });
    }

    /**
     * Records the header that is in force from now on, of which {@code armed} has the bytes.
     *
     * @param builtFrom what gives the header again; null if userspace built it
     */
    public void newHeader(
            Machine machine,
            CrashImage image,
            ArmedImage armed,
            HeaderInForce header,
            @Nullable BuildInputs builtFrom) {
        image.headerIs(header);
        int index = armed.elfcorehdrIndex().orElseThrow();
        var segment = armed.segments().get(index);
        events.publishEvent(new HeaderChanged(
                machine,
                header.at(),
                new HeaderChanged.InSegment(
                        header, segment.mem(), armed.contents().get(index), builtFrom)));
    }

    /** Stores a newly loaded image; the one before must be unloaded. */
    void insert(CrashImage image, List<SegmentContent> contents) {
        entities.persist(image);
        for (int i = 0; i < contents.size(); i++) {
            store.insert(image.machineId(), i, contents.get(i));
        }
    }

    /** Forgets the image a machine has loaded, if it has one. */
    void unload(UUID machine) {
        images.findById(machine).ifPresent(old -> {
            store.deleteAll(machine);
            images.delete(old);
            images.flush();
        });
    }

    private static SegmentContent unread(LoadedSegment segment) {
        return new SegmentContent(HeaderBytes.of(new byte[0]), -1, segment.memszBytes());
    }
}
