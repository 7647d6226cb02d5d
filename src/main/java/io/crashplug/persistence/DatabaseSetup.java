package io.crashplug.persistence;

import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** What differs between the databases, and the clock that times in them are taken from. */
@Configuration(proxyBeanMethods = false)
class DatabaseSetup {

    /** The type of byte columns: H2 wants to be told how long they may be, PostgreSQL has a type of its own. */
    private static final Map<DatabaseDriver, String> BYTES =
            Map.of(DatabaseDriver.H2, "varbinary(1048576)", DatabaseDriver.POSTGRESQL, "bytea");

    @Bean
    FlywayConfigurationCustomizer byteColumns() {
        return flyway -> flyway.placeholders(Map.of("bytes", BYTES.getOrDefault(driver(flyway), "bytea")));
    }

    /** Knows the databases' own codes: by the standard's alone, a lock that was waited for in vain looks like anything. */
    @Bean
    SQLExceptionTranslator translator(DataSource database) {
        return new SQLErrorCodeSQLExceptionTranslator(database);
    }

    @Bean
    FlywayMigrationStrategy knownVersionsOnly() {
        return Migrations::migrate;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    private static DatabaseDriver driver(FluentConfiguration flyway) {
        try {
            var url = JdbcUtils.<String>extractDatabaseMetaData(flyway.getDataSource(), metaData -> metaData.getURL());
            return DatabaseDriver.fromJdbcUrl(url);
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("the database does not tell what it is", e);
        }
    }
}
