package io.crashplug.idempotency;

import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Cleans in the background of a service; several processes over one database may do so at once. A job that is done
 * instead of serving must find the database as it is.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableScheduling
class CleanKeys {

    private static final int MINUTES_BETWEEN = 10;

    private final DoOnce once;

    CleanKeys(DoOnce once) {
        this.once = once;
    }

    @Scheduled(initialDelay = 1, fixedDelay = MINUTES_BETWEEN, timeUnit = TimeUnit.MINUTES)
    void clean() {
        once.clean();
    }
}
