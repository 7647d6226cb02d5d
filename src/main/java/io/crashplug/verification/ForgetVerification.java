package io.crashplug.verification;

import io.crashplug.crashimage.HeaderChanged;
import io.crashplug.machine.Condition;
import io.crashplug.machine.NoImage;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was found of a header says nothing of the one that replaces it. */
@Component
class ForgetVerification {

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(HeaderChanged change) {
        change.machine().observe(Map.of(Condition.Type.Verified, NoImage.NOT_VERIFIED), change.at());
    }
}
