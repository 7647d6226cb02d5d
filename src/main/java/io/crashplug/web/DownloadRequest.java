package io.crashplug.web;

import org.jspecify.annotations.Nullable;

/**
 * The headers that decide how much of a download is answered; null for those that are absent.
 *
 * @param ifNoneMatch tags of what the client has
 * @param range the bytes it wants
 * @param ifRange the tag that the bytes must belong to; else it wants all of them
 */
public record DownloadRequest(
        @Nullable String ifNoneMatch,
        @Nullable String range,
        @Nullable String ifRange) {

    /** Asks for all bytes, as requests other than GET do (RFC 9110, 14.2). */
    public static final DownloadRequest OF_ALL = new DownloadRequest(null, null, null);

    /** The range that is to be answered; null for all bytes. */
    @Nullable
    ByteRange range(String etag, long length) {
        return ifRange == null || ifRange.strip().equals(etag) ? ByteRange.of(range, length) : null;
    }
}
