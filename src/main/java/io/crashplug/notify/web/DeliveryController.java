package io.crashplug.notify.web;

import static io.crashplug.problem.ProblemType.DELIVERY_NOT_OVER;
import static io.crashplug.problem.ProblemType.NOT_FOUND;

import io.crashplug.notify.Deliveries;
import io.crashplug.notify.Delivery;
import io.crashplug.notify.Delivery.State;
import io.crashplug.web.Fails;
import io.crashplug.web.Page;
import io.crashplug.web.PageSizes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/webhooks/{webhook}/deliveries", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "webhooks")
class DeliveryController {

    private final Deliveries deliveries;
    private final PageSizes sizes;

    DeliveryController(Deliveries deliveries, PageSizes sizes) {
        this.deliveries = deliveries;
        this.sizes = sizes;
    }

    @GetMapping
    @Fails(with = NOT_FOUND)
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "What was sent to a webhook, and what waits, newest first",
            description = "Deliveries are kept for as long as their events.")
    Page<DeliveryJson> list(
            @PathVariable String webhook,
            @Parameter(description = "Only those") @RequestParam(required = false) @Nullable State state,
            @Parameter(description = "Deliveries on one page, 1 to 500; 50 where left out")
                    @RequestParam(required = false)
                    @Nullable
                    Integer pageSize,
            @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false) @Nullable
                    String pageToken) {
        int size = sizes.of(pageSize);
        var below = Page.after(pageToken, Long::valueOf);
        var found = deliveries.newestBelow(
                Page.searched(webhook, "webhook"), state, below == null ? Long.MAX_VALUE : below, size + 1);
        return Page.of(found, size, DeliveryJson::of, delivery -> Long.toString(delivery.number()));
    }

    @GetMapping("/{number}")
    @Fails(with = NOT_FOUND)
    @Operation(
            operationId = "getWebhookDelivery",
            summary = "One delivery",
            description = "Kept for as long as its event.")
    DeliveryJson get(@PathVariable String webhook, @PathVariable long number) {
        return DeliveryJson.of(deliveries.numbered(Page.searched(webhook, "webhook"), number));
    }

    @PostMapping("/{number}/redeliveries")
    @Fails(with = {NOT_FOUND, DELIVERY_NOT_OVER})
    @Operation(
            operationId = "redeliver",
            summary = "Send an event again",
            description =
                    "A new delivery of the same event, with the same webhook-id: behind those of its machine that wait.")
    @ApiResponse(
            responseCode = "201",
            description = "The new delivery",
            useReturnTypeSchema = true,
            headers = @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")))
    ResponseEntity<DeliveryJson> again(@PathVariable String webhook, @PathVariable long number) {
        Delivery made = deliveries.again(Page.searched(webhook, "webhook"), number);
        return ResponseEntity.created(URI.create("/api/v1/webhooks/%s/deliveries/%d".formatted(webhook, made.number())))
                .body(DeliveryJson.of(made));
    }
}
