package io.crashplug.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the service takes on before it refuses. What JSON may hold is among Spring Boot's own properties,
 * {@code spring.jackson.factory.constraints.read}.
 *
 * @param bodySize the largest body that is read; larger ones are answered 413
 * @param bodyTime the time in which a body must have arrived; later ones are answered 408, of which nothing comes any more
 *     after server.tomcat.connection-timeout
 * @param bodiesAtOnce requests with a body that one address may have under way; more are answered 503
 * @param requestTime the time in which a request must be done with the database; later ones are undone and answered 503
 * @param importsAtOnce machines that are imported at a time; more are answered 503
 * @param longReadsAtOnce exports and checks at a time, each of which holds a connection to the database; more are
 *     answered 503
 * @param waitingAtOnce readers of the feed that may wait for events at a time; more are answered 503 if there are none for them
 * @param pageSize the most items on one page, 1 to 500; more are answered 400
 * @param rangesPerMachine the most ranges of System RAM of one machine; more are answered 422
 * @param cpusPerMachine the most possible CPUs of one machine, of the 8,192 that Linux can have; more are answered 422
 * @param requestsPerMinute the most requests of one principal in a minute, all of which may come at once; more are
 *     answered 429. Without authentication there are no principals, and no such limit
 */
@ConfigurationProperties("crashplug.limits")
public record Limits(
        @DefaultValue("16MB") DataSize bodySize,
        @DefaultValue("60s") Duration bodyTime,
        @DefaultValue("100") int bodiesAtOnce,
        Duration requestTime,
        @DefaultValue("8") int importsAtOnce,
        @DefaultValue("2") int longReadsAtOnce,
        @DefaultValue("50") int waitingAtOnce,
        @DefaultValue("500") int pageSize,
        @DefaultValue("70000") int rangesPerMachine,
        @DefaultValue("8192") int cpusPerMachine,
        @DefaultValue("6000") int requestsPerMinute) {

    /** What lists are made for. */
    private static final int MAX_PAGE_SIZE = 500;

    public Limits {
        require("body-size", bodySize.toBytes());
        require("body-time", bodyTime.toMillis());
        require("bodies-at-once", bodiesAtOnce);
        // Transactions count in seconds.
        require("request-time", requestTime.toSeconds());
        require("imports-at-once", importsAtOnce);
        require("long-reads-at-once", longReadsAtOnce);
        require("waiting-at-once", waitingAtOnce);
        require("page-size", pageSize);
        require("ranges-per-machine", rangesPerMachine);
        require("cpus-per-machine", cpusPerMachine);
        require("requests-per-minute", requestsPerMinute);
        if (pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException(
                    "crashplug.limits.page-size is %d, more than %d".formatted(pageSize, MAX_PAGE_SIZE));
        }
    }

    private static void require(String property, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("crashplug.limits.%s is less than one".formatted(property));
        }
    }
}
