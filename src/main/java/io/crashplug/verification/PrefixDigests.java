package io.crashplug.verification;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** SHA-256 of the first bytes of a dump, for many lengths in one pass. */
final class PrefixDigests {

    private PrefixDigests() {}

    /** The digests in lower-case hexadecimal by length; bytes that were not dumped count as zero. */
    static SortedMap<Integer, String> of(Dump dump, Collection<Integer> lengths) {
        var ascending = new TreeSet<>(lengths);
        var digests = new TreeMap<Integer, String>();
        if (ascending.isEmpty()) {
            return digests;
        }
        byte[] bytes = dump.first(ascending.last()).toByteArray();
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            int at = 0;
            for (int length : ascending) {
                digest.update(bytes, at, length - at);
                at = length;
                var soFar = (MessageDigest) digest.clone();
                digests.put(length, HexFormat.of().formatHex(soFar.digest()));
            }
        } catch (NoSuchAlgorithmException | CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform has SHA-256, and it can be cloned", e);
        }
        return digests;
    }
}
