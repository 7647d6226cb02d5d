package io.crashplug.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the feed from where it began, page by page. */
final class Follower {

    private static final int PATIENCE_PAGES = 2_000;

    private final PlainClient service;
    private final String query;
    private String token;

    private Follower(PlainClient service, String query, String token) {
        this.service = service;
        this.query = query;
        this.token = token;
    }

    /** One that hears of what happens from now on, as far as a query asks for it. */
    static Follower fromNow(PlainClient service, String query) throws IOException, InterruptedException {
        var end = page(service, query + "&from=newest");
        return new Follower(service, query, end.get("nextPageToken").stringValue());
    }

    static Follower fromTheBeginning(PlainClient service, String query) {
        return new Follower(service, query, "");
    }

    private static JsonNode page(PlainClient service, String query) throws IOException, InterruptedException {
        var answer = service.get("/events?" + query, "application/json");
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return answer.json();
    }

    /** The next page. */
    JsonNode next(String more) throws IOException, InterruptedException {
        var page = page(service, query + more + "&pageToken=" + token);
        token = page.get("nextPageToken").stringValue();
        return page.get("items");
    }

    /** At least as many events as are to come. */
    List<JsonNode> next(int events) throws IOException, InterruptedException {
        var all = new ArrayList<JsonNode>();
        for (int page = 0; all.size() < events; page++) {
            if (page == PATIENCE_PAGES) {
                throw new AssertionError("of %d events there are %s".formatted(events, all));
            }
            next("&wait=2s").forEach(all::add);
        }
        return all;
    }

    String token() {
        return token;
    }
}
