package io.crashplug.notify;

import java.util.List;

/**
 * Some of the feed.
 *
 * @param next the place that a reader continues after
 * @param atEnd whether the feed goes no further by now
 */
public record FeedPage(List<MachineEvent> events, long next, boolean atEnd) {}
