package io.crashplug.notify;

import io.crashplug.notify.Webhook.Wanted;
import io.crashplug.persistence.SqlTime;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The webhooks in the database. Whoever changes one, or its deliveries, has its row locked. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredWebhooks {

    private static final String SELECT = """
            select name, url, secret, types, paused, created_at, created_by, feed_position, last_number, failures, retry_at
            from webhook
            """;

    private final JdbcClient database;

    StoredWebhooks(JdbcClient database) {
        this.database = database;
    }

    /**
     * A webhook with what is not shown of it.
     *
     * @param position the place of the feed up to which events have become deliveries
     * @param lastNumber of its deliveries
     */
    record Stored(Webhook webhook, WebhookSecret secret, long position, long lastNumber) {}

    void insert(Webhook webhook, WebhookSecret secret, long position) {
        database.sql("""
                        insert into webhook (name, url, secret, types, paused, created_at, created_by, feed_position,
                            last_number, failures)
                        values (:name, :url, :secret, :types, :paused, :now, :actor, :position, 0, 0)""")
                .param("name", webhook.name())
                .param("url", webhook.url().toString())
                .param("secret", secret.text())
                .param("types", types(webhook.wanted()))
                .param("paused", webhook.paused())
                .param("now", SqlTime.utc(webhook.createdAt()))
                .param("actor", webhook.createdBy())
                .param("position", position)
                .update();
        insertLabels(webhook.name(), webhook.labels());
    }

    /** Gives it other contents, and the next try at once. */
    void change(String name, Wanted wanted, boolean paused) {
        database.sql("""
                        update webhook set url = :url, types = :types, paused = :paused, failures = 0, retry_at = null
                        where name = :name""")
                .param("name", name)
                .param("url", wanted.url().toString())
                .param("types", types(wanted))
                .param("paused", paused)
                .update();
        database.sql("delete from webhook_label where webhook_name = :name")
                .param("name", name)
                .update();
        insertLabels(name, wanted.filter().labels());
    }

    private void insertLabels(String name, Map<String, String> labels) {
        labels.forEach((key, value) -> database.sql("insert into webhook_label values (:name, :key, :value)")
                .param("name", name)
                .param("key", key)
                .param("value", value)
                .update());
    }

    private static String types(Wanted wanted) {
        return wanted.filter().types().stream()
                .map(EventType::publishedName)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Takes it away with all its deliveries; whether there was one. */
    boolean delete(String name) {
        return database.sql("delete from webhook where name = :name")
                        .param("name", name)
                        .update()
                == 1;
    }

    Optional<Stored> named(String name) {
        return find(name, "");
    }

    /** The same, with its row locked; waits for whoever has it. */
    Optional<Stored> lock(String name) {
        return find(name, " for update");
    }

    /** The same if nobody else has its row. */
    Optional<Stored> lockIfFree(String name) {
        return find(name, " for update skip locked");
    }

    private Optional<Stored> find(String name, String andLock) {
        return database.sql(SELECT + "where name = :name" + andLock)
                .param("name", name)
                .query((row, number) -> stored(row))
                .optional();
    }

    /**
     * Webhooks by name.
     *
     * @param after the name to continue after; empty from the first on
     */
    List<Webhook> list(String after, int most) {
        return database.sql(SELECT + "where name > :after order by name limit :most")
                .param("after", after)
                .param("most", most)
                .query((row, number) -> stored(row).webhook())
                .list();
    }

    private Stored stored(ResultSet row) throws SQLException {
        var name = row.getString("name");
        var filter = new FeedFilter(
                Arrays.stream(row.getString("types").split(" "))
                        .filter(type -> !type.isEmpty())
                        .map(type -> EventType.named(type).orElseThrow())
                        .collect(Collectors.toSet()),
                null,
                labels(name));
        var webhook = new Webhook(
                name,
                new Wanted(URI.create(row.getString("url")), filter),
                row.getBoolean("paused"),
                SqlTime.of(row, "created_at"),
                row.getString("created_by"),
                row.getInt("failures"),
                SqlTime.orEmpty(row, "retry_at").orElse(null));
        return new Stored(
                webhook,
                new WebhookSecret(row.getString("secret")),
                row.getLong("feed_position"),
                row.getLong("last_number"));
    }

    private Map<String, String> labels(String name) {
        var labels = new HashMap<String, String>();
        database.sql("select label_key, label_value from webhook_label where webhook_name = :name")
                .param("name", name)
                .query(row -> {
                    labels.put(row.getString(1), row.getString(2));
                });
        return labels;
    }
}
