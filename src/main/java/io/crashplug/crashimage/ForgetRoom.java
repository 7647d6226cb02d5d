package io.crashplug.crashimage;

import io.crashplug.machine.MachineDeleted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A machine that is deleted is none of those with the least room. */
@Component
class ForgetRoom {

    private final CrashImageRepository images;

    ForgetRoom(CrashImageRepository images) {
        this.images = images;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(MachineDeleted change) {
        images.findById(change.machine().id()).ifPresent(image -> image.roomIs(null));
    }
}
