package io.crashplug.api;

import io.crashplug.CrashplugApplication;
import io.crashplug.command.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database on which tests start and stop the service, and do jobs. */
record Store(String url, String user, String password) {

    /** A new and empty one. */
    static Store of(Database database) throws IOException, SQLException {
        var url = database.urlOfNewOne();
        return database == Database.H2
                ? new Store(url, "crashplug", "")
                : new Store(url, PostgreSqlServer.USER, PostgreSqlServer.USER);
    }

    private List<String> arguments() {
        return List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + user,
                "--spring.datasource.password=" + password);
    }

    private String[] with(String... more) {
        var all = new ArrayList<>(arguments());
        Collections.addAll(all, more);
        return all.toArray(String[]::new);
    }

    ConfigurableApplicationContext start(String... options) {
        var all = new ArrayList<>(List.of("--server.port=0"));
        Collections.addAll(all, options);
        return new SpringApplicationBuilder(CrashplugApplication.class).run(with(all.toArray(String[]::new)));
    }

    /** Neither a web server nor entities, nor any part that nobody asks for: nothing touches the database. */
    ConfigurableApplicationContext parts() {
        return new SpringApplicationBuilder(CrashplugApplication.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .properties("spring.autoconfigure.exclude=%s,%s"
                        .formatted(
                                HibernateJpaAutoConfiguration.class.getName(),
                                DataJpaRepositoriesAutoConfiguration.class.getName()))
                .run(with());
    }

    static PlainClient client(ConfigurableApplicationContext service) {
        return PlainClient.checking(service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    /** How a job ended. */
    record Ended(int status, byte[] out, String err) {

        /** The last line for people. */
        String lastLine() {
            var lines = err.lines().toList();
            return lines.get(lines.size() - 1);
        }
    }

    Ended job(String option) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = CommandLine.run(CrashplugApplication.class, with(option), print(out), print(err))
                .orElseThrow();
        return new Ended(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    JdbcClient database() {
        return JdbcClient.create(new DriverManagerDataSource(url, user, password));
    }

    /** All rows but those that tell of migrations. */
    DatabaseSnapshot snapshot() {
        return DatabaseSnapshot.of(database()).ofWhatIsStored();
    }

    /** The names of all tables. */
    List<String> tables() {
        return Database.allTables(database());
    }
}
