package io.crashplug.web;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says once, when the service is ready, where its database lies and where Swagger UI is. */
@Component
class StartUpNotice {

    private static final Logger log = LoggerFactory.getLogger("io.crashplug");

    private final DataSource database;
    private final Environment environment;

    StartUpNotice(DataSource database, Environment environment) {
        this.database = database;
        this.environment = environment;
    }

    @EventListener
    void on(ApplicationReadyEvent ready) throws SQLException {
        try (var connection = database.getConnection()) {
            log.info("Database: {}", where(connection.getMetaData().getURL()));
        }
        if (ready.getApplicationContext() instanceof ServletWebServerApplicationContext web
                && web.getWebServer() != null) {
            var host = environment.getProperty("server.address", "127.0.0.1");
            log.info(
                    "Swagger UI: http://{}:{}/swagger-ui.html",
                    host,
                    web.getWebServer().getPort());
        }
    }

    private static String where(String url) {
        var file = "jdbc:h2:file:";
        return url.startsWith(file)
                ? java.nio.file.Path.of(url.substring(file.length()).replaceFirst(";.*", "") + ".mv.db")
                        .toAbsolutePath()
                        .normalize()
                        .toString()
                // Behind these may stand a password.
                : url.replaceFirst("[;?].*", "").replaceFirst("//[^/@]*@", "//");
    }
}
