package io.crashplug.notify.web;

import static io.crashplug.problem.ProblemType.NOT_FOUND;
import static io.crashplug.problem.ProblemType.TOO_MANY_AT_ONCE;
import static io.crashplug.problem.ProblemType.TOO_MANY_WEBHOOKS;
import static io.crashplug.problem.ProblemType.WEBHOOK_NAME_TAKEN;

import io.crashplug.notify.TargetRefused;
import io.crashplug.notify.TryWebhook;
import io.crashplug.notify.Webhook;
import io.crashplug.notify.Webhooks;
import io.crashplug.problem.Problem;
import io.crashplug.security.Caller;
import io.crashplug.web.Example;
import io.crashplug.web.Fails;
import io.crashplug.web.InvalidField;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "webhooks", description = "Who is sent what happens to machines")
class WebhookController {

    private final Webhooks webhooks;
    private final TryWebhook tests;
    private final PageSizes sizes;

    WebhookController(Webhooks webhooks, TryWebhook tests, PageSizes sizes) {
        this.webhooks = webhooks;
        this.tests = tests;
        this.sizes = sizes;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Example("orchestrator.webhook.json")
    @Fails(with = {WEBHOOK_NAME_TAKEN, TOO_MANY_WEBHOOKS})
    @Operation(
            operationId = "registerWebhook",
            summary = "Have events sent",
            description =
                    "Each event is posted as the feed has it, signed as Standard Webhooks has it: at least once, and those"
                            + " of a machine in their order. The answer shows the secret, and nothing does so later: an"
                            + " Idempotency-Key is passed over here. If the answer is lost, delete the webhook and register"
                            + " it again.")
    @ApiResponse(
            responseCode = "201",
            description = "Registered",
            useReturnTypeSchema = true,
            headers = @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")))
    ResponseEntity<WebhookJson.Registered> register(
            @RequestBody WebhookRequest request, @Parameter(hidden = true) Caller caller) {
        var registered = ofUrl(() -> webhooks.register(request.webhook(), caller.actor()));
        return ResponseEntity.created(
                        URI.create("/api/v1/webhooks/" + registered.webhook().name()))
                .cacheControl(CacheControl.noStore())
                .body(WebhookJson.Registered.of(registered));
    }

    @GetMapping
    @Operation(operationId = "listWebhooks", summary = "All webhooks by name", description = "Without their secrets.")
    Page<WebhookJson> list(
            @Parameter(description = "Webhooks on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var after = Page.after(pageToken, name -> Page.searched(name, "pageToken"));
        return Page.of(webhooks.list(after, size + 1), size, WebhookJson::of, Webhook::name);
    }

    @GetMapping("/{webhook}")
    @Fails(with = NOT_FOUND)
    @Operation(operationId = "getWebhook", summary = "One webhook", description = "Without its secret.")
    WebhookJson get(@PathVariable String webhook) {
        return WebhookJson.of(webhooks.of(Page.searched(webhook, "webhook")));
    }

    @PatchMapping(path = "/{webhook}", consumes = "application/merge-patch+json")
    @Example("pause.json")
    @Fails(with = NOT_FOUND)
    @Operation(
            operationId = "patchWebhook",
            summary = "Pause, resume or change a webhook",
            description =
                    "As RFC 7396 merges. While it is paused, nothing is sent; events wait in the feed for as long as they are"
                            + " kept. What waits is tried at once after any change.")
    WebhookJson patch(
            @PathVariable String webhook,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = WebhookPatch.Document.class)))
                    @RequestBody
                    Map<String, @Nullable Object> patch,
            @Parameter(hidden = true) Caller caller) {
        return WebhookJson.of(ofUrl(() -> webhooks.change(
                Page.searched(webhook, "webhook"), present -> new WebhookPatch(patch).of(present), caller.actor())));
    }

    @DeleteMapping("/{webhook}")
    @Fails(with = NOT_FOUND)
    @Operation(
            operationId = "deleteWebhook",
            summary = "Delete a webhook",
            description = "What was on its way to it is deleted, too.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> delete(@PathVariable String webhook, @Parameter(hidden = true) Caller caller) {
        webhooks.delete(Page.searched(webhook, "webhook"), caller.actor());
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{webhook}/tests")
    @Fails(with = {NOT_FOUND, TOO_MANY_AT_ONCE})
    @Operation(
            operationId = "testWebhook",
            summary = "Send a webhook something now",
            description =
                    "An event of the type webhook.test is sent once, also while the webhook is paused; the answer says what"
                            + " came of it.")
    WebhookJson.Tested test(@PathVariable String webhook) {
        return WebhookJson.Tested.of(tests.test(Page.searched(webhook, "webhook")));
    }

    /** What is refused of fields, and of a URL only here, is the client's. */
    private static <T> T ofUrl(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidField e) {
            throw Problem.invalid("/" + e.field(), e.detail()).toException();
        } catch (TargetRefused e) {
            throw Problem.invalid("/url", String.valueOf(e.getMessage())).toException();
        }
    }
}
