package io.crashplug.notify.web;

import io.crashplug.notify.FeedPage;
import io.crashplug.web.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Some of the feed, as it is answered. */
@Schema(name = "EventPage")
record EventPageJson(
        List<CloudEventJson> items,

        @Schema(description = "Pass it as pageToken to read on behind this page, also when there was nothing on it")
        String nextPageToken) {

    static EventPageJson of(FeedPage page, String token) {
        return new EventPageJson(page.events().stream().map(CloudEventJson::of).toList(), Page.token(token));
    }
}
