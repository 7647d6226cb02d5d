package io.crashplug.notify;

import io.crashplug.notify.Attempt.Result;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Posts to receivers, for no longer than a timeout, whatever a receiver does. */
@Component
class WebhookSender {

    private static final ContentType CLOUD_EVENT = ContentType.create("application/cloudevents+json");

    /** An answer of no more bytes is read, so that its connection can be used again. */
    private static final int READ_BYTES = 4096;

    private final WebhookClient client;
    private final WebhookSettings settings;
    private final Clock clock;
    private final ScheduledExecutorService deadlines;

    WebhookSender(WebhookClient client, WebhookSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        var threads = new CustomizableThreadFactory("webhook-deadline-");
        threads.setDaemon(true);
        this.deadlines = Executors.newSingleThreadScheduledExecutor(threads);
    }

    /**
     * Posts a message.
     *
     * @param id the same in each attempt to send it
     */
    Result send(URI url, WebhookSecret secret, String id, byte[] body) {
        try {
            int status = send(request(url, secret, id, body));
            return Result.answered(status, sentence(status));
        } catch (IOException | HttpException | RuntimeException e) {
            return client.isClosed() ? Result.brokenOff() : Result.failed(SendFailure.sentence(e, settings.timeout()));
        }
    }

    private HttpPost request(URI url, WebhookSecret secret, String id, byte[] body) {
        long seconds = clock.instant().getEpochSecond();
        var request = new HttpPost(url);
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(seconds));
        request.setHeader("webhook-signature", secret.sign(id, seconds, body));
        request.setEntity(new ByteArrayEntity(body, CLOUD_EVENT));
        return request;
    }

    private int send(HttpPost request) throws IOException, HttpException {
        var deadline = deadlines.schedule(request::cancel, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            var response = client.get().executeOpen(RoutingSupport.determineHost(request), request, null);
            end(request, response);
            return response.getCode();
        } catch (IOException | HttpException e) {
            if (request.isCancelled()) {
                throw new SocketTimeoutException();
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    /** Whatever follows the status does not change what it says; of much nothing is read. */
    private static void end(HttpPost request, ClassicHttpResponse response) {
        var answer = response.getEntity();
        if (answer != null) {
            if (answer.getContentLength() >= 0 && answer.getContentLength() <= READ_BYTES) {
                EntityUtils.consumeQuietly(answer);
            } else {
                request.cancel();
            }
        }
        Closer.closeQuietly(response);
    }

    /** What is wrong with a status; null if nothing is. */
    private static @Nullable String sentence(int status) {
        return switch (status / 100) {
            case 2 -> null;
            case 3 -> "answered %d; redirects are not followed".formatted(status);
            default -> "answered %d".formatted(status);
        };
    }

    @PreDestroy
    void end() {
        deadlines.shutdownNow();
    }
}
