package io.crashplug.scale;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * What a hotplug and a page cost with 100,000 machines and 1,000,000 events beside a small fleet, and a hotplug of a
 * machine with 8,192 ranges beside one with 16. Ends with status 1 if a limit is missed, unless {@link Settings} say that
 * limits are only told.
 */
public final class FleetScale {

    private FleetScale() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.WARN);
        var settings = Settings.ofProperties();
        var report = new Report();
        var started = Instant.now();
        System.out.println(settings);
        for (var kind : settings.databases()) {
            var folder = Files.createTempDirectory("fleet-scale");
            try (var store = new Store(kind, folder)) {
                if (settings.parts().contains(Settings.Part.FLEET)) {
                    new FleetCost(settings, store, folder, report).measure();
                }
                if (settings.parts().contains(Settings.Part.LARGE_MACHINE)) {
                    new LargeMachineCost(settings, store, folder, report).measure();
                }
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
        System.out.printf(
                "%n%s after %d s%n",
                report.passed() ? "All limits are kept" : "A limit is missed",
                Duration.between(started, Instant.now()).toSeconds());
        System.exit(report.passed() || settings.limits() == Settings.Limits.TOLD ? 0 : 1);
    }
}
