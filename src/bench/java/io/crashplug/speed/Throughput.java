package io.crashplug.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/**
 * Hotplug events per second through HTTP, against a plain loop that sends the same statements to the same database and
 * does nothing else: the floor. Every event changes the header; all commits are durable. The statements are written down
 * from the service itself. {@link Settings} tells how to make it shorter.
 */
public final class Throughput {

    private Throughput() {}

    public static void main(String[] arguments)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        var directory = Files.createDirectories(Path.of(arguments[0]));
        var settings = Settings.ofProperties();
        System.out.printf(
                "Java %s, %d processors%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        for (var name : settings.databases()) {
            try (var store = Store.named(name)) {
                System.out.printf("%n%s%n", name);
                var prepared = Preparation.of(store);
                store.copy();
                print("ADD_MEMORY", prepared.add());
                print("REMOVE_MEMORY", prepared.remove());
                try (var service = ServiceProcess.start(store, directory, settings.java());
                        var comparison = Comparison.of(store, prepared, service.port(), settings)) {
                    comparison.run();
                }
            }
        }
    }

    private static void print(String action, Script script) {
        System.out.printf(
                "  %s: %d statements, %d transactions%n%s",
                action, script.statements(), script.transactions(), script.describe());
    }
}
