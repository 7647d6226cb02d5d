package io.crashplug.persistence;

import io.crashplug.limits.Times;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.transaction.PlatformTransactionManager;

/** What a service does otherwise on H2. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@Conditional(EmbeddedDatabase.OnH2.class)
class EmbeddedDatabase {

    /** Whether the database is H2. */
    static final class OnH2 implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var url = context.getEnvironment().getProperty("spring.datasource.url", "");
            return DatabaseDriver.fromJdbcUrl(url) == DatabaseDriver.H2;
        }
    }

    @Bean
    PlatformTransactionManager transactionManager(
            Times times, ObjectProvider<TransactionManagerCustomizers> customizers) {
        var transactions = new OneWriterAtATime(Duration.ofMillis(times.lockTimeoutMillis()));
        customizers.ifAvailable(all -> all.customize(transactions));
        return transactions;
    }
}
