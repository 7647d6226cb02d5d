package io.crashplug.access.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Counts the tokens that were not accepted, by the address they came from. Each process counts for itself. */
final class FailedTries {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** More addresses than this are not remembered, those that failed longest ago are forgotten first. */
    private static final int MOST_ADDRESSES = 100_000;

    private final int perMinute;
    private final Cache<String, Bucket> buckets;

    FailedTries(int perMinute) {
        this.perMinute = perMinute;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(MINUTE)
                .build();
    }

    /** Whether an address has none left. */
    boolean isExhausted(String address) {
        var bucket = buckets.getIfPresent(address);
        return bucket != null && bucket.getAvailableTokens() < 1;
    }

    /** Counts one. */
    void count(String address) {
        buckets.get(
                        address,
                        unknown -> Bucket.builder()
                                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                                .build())
                .tryConsume(1);
    }

    /** Seconds until an address that has none left has one again, rounded up. */
    long secondsToWait() {
        return (MINUTE.toSeconds() + perMinute - 1) / perMinute;
    }
}
