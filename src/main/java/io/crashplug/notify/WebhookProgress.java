package io.crashplug.notify;

import io.crashplug.persistence.SqlTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How far webhooks have come, and how their tries go. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WebhookProgress {

    private final JdbcClient database;

    WebhookProgress(JdbcClient database) {
        this.database = database;
    }

    int count() {
        return database.sql("select count(*) from webhook").query(Integer.class).single();
    }

    List<String> names() {
        return database.sql("select name from webhook order by name")
                .query((row, number) -> row.getString("name"))
                .list();
    }

    /** Those that have not looked at all events yet. */
    List<String> behind() {
        return database.sql("""
                        select name from webhook
                        where not paused and feed_position < (select last_position from event_feed where id = 1)
                        order by name""").query((row, number) -> row.getString("name")).list();
    }

    /** Those that a delivery could be sent to. */
    List<String> due(Instant now) {
        return database.sql("""
                        select name from webhook w
                        where not paused and (retry_at is null or retry_at <= :now) and exists (
                            select 1 from webhook_delivery d
                            where d.webhook_name = w.name and d.state in ('PENDING', 'SENDING')
                            and d.next_attempt_at <= :now)
                        order by name""")
                .param("now", SqlTime.utc(now))
                .query((row, number) -> row.getString("name"))
                .list();
    }

    /** How many are tried with one delivery at a time. */
    int failing() {
        return database.sql("select count(*) from webhook where failures >= :opens")
                .param("opens", Circuit.OPENS_AT)
                .query(Integer.class)
                .single();
    }

    /** Notes how far it has come. */
    void moveOn(String name, long position, long lastNumber) {
        database.sql("update webhook set feed_position = :position, last_number = :last where name = :name")
                .param("position", position)
                .param("last", lastNumber)
                .param("name", name)
                .update();
    }

    /** Notes how its tries go. */
    void tried(String name, int failures, @Nullable Instant retryAt) {
        database.sql("update webhook set failures = :failures, retry_at = :retry where name = :name")
                .param("failures", failures)
                .param("retry", retryAt == null ? null : SqlTime.utc(retryAt))
                .param("name", name)
                .update();
    }

    /** How many were given up, of all webhooks. */
    long dead() {
        return database.sql("""
                        select coalesce(sum((select count(*) from webhook_delivery d
                            where d.webhook_name = w.name and d.state = 'DEAD')), 0) from webhook w""").query(Long.class).single();
    }
}
