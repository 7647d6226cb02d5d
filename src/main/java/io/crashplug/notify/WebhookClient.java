package io.crashplug.notify;

import jakarta.annotation.PreDestroy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** The HTTP client of webhooks: it goes directly, only where {@link Targets} allows, and follows no redirect. */
@Component
class WebhookClient {

    private final WebhookSettings settings;
    private final HttpClientSettings http;

    private @Nullable CloseableHttpClient client;
    private volatile boolean closed;

    WebhookClient(Targets targets, WebhookSettings settings, SslBundles bundles) {
        this.settings = settings;
        var bundle = settings.sslBundle();
        this.http = new HttpClientSettings(
                HttpCookieHandling.DISABLE,
                HttpRedirects.DONT_FOLLOW,
                settings.timeout(),
                settings.timeout(),
                bundle == null ? null : bundles.getBundle(bundle),
                targets.addresses());
    }

    /** Made when it is needed first. */
    synchronized CloseableHttpClient get() {
        var made = client;
        if (made == null) {
            made = new HttpComponentsHttpClientBuilder()
                    .withCustomizer(builder -> builder.setUserAgent("Crashplug")
                            .setRoutePlanner(new DefaultRoutePlanner(null))
                            .disableAutomaticRetries()
                            .disableContentCompression()
                            .disableAuthCaching())
                    .withConnectionManagerCustomizer(connections -> connections
                            .setMaxConnTotal(settings.most() * settings.atOnce())
                            .setMaxConnPerRoute(settings.most() * settings.atOnce()))
                    .build(http);
            client = made;
        }
        return made;
    }

    /** It may be used from now on. */
    void open() {
        closed = false;
    }

    /** Whether what it was doing was broken off. */
    boolean isClosed() {
        return closed;
    }

    /** Breaks off what is being sent. */
    @PreDestroy
    synchronized void close() {
        closed = true;
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
            client = null;
        }
    }
}
