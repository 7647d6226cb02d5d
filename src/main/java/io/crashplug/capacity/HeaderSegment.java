package io.crashplug.capacity;

import io.crashplug.crashimage.LoadedImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The memory set aside for the header of a loaded image.
 *
 * @param memszBytes its size, unsigned; null without a header
 */
record HeaderSegment(State state, @Nullable Long memszBytes) {

    /** What becomes of the header in it. */
    enum State {
        NOT_LOADED,
        NOT_FOUND,
        /** The kernel has no crash hotplug. */
        NEVER_REWRITTEN,
        /** The image was loaded without permission. */
        NOT_PERMITTED,
        REWRITTEN
    }

    static HeaderSegment of(Optional<LoadedImage> loaded) {
        return loaded.map(HeaderSegment::of).orElse(new HeaderSegment(State.NOT_LOADED, null));
    }

    private static HeaderSegment of(LoadedImage loaded) {
        var index = loaded.armed().elfcorehdrIndex();
        if (index.isEmpty()) {
            return new HeaderSegment(State.NOT_FOUND, null);
        }
        var profile = loaded.machine().kernel().profile();
        var memsz = loaded.armed().segments().get(index.getAsInt()).memsz();
        if (!profile.hotplugSupport().rewrites()) {
            return new HeaderSegment(State.NEVER_REWRITTEN, memsz);
        }
        return new HeaderSegment(loaded.image().hotplugSupport(profile) ? State.REWRITTEN : State.NOT_PERMITTED, memsz);
    }
}
