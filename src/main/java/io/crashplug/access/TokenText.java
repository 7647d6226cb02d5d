package io.crashplug.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token as its holder sends it: a prefix by which scanners for secrets find it, a public id by which it is looked up,
 * and a secret of 256 random bits. So many bits are not guessed, whatever is known of their digest: a plain SHA-256 does.
 */
record TokenText(String keyId, String secret) {

    static final String PREFIX = "crashplug_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenText random() {
        return new TokenText(
                HexFormat.of().formatHex(randomBytes(ID_BYTES)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SECRET_BYTES)));
    }

    /** What was sent; empty if it is no token of this service. */
    static Optional<TokenText> of(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(new TokenText(form.group(1), form.group(2))) : Optional.empty();
    }

    private static byte[] randomBytes(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    String text() {
        return PREFIX + keyId + "_" + secret;
    }

    /** What is kept of the secret. */
    String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether this is the secret of which that was kept; takes as long for any two. */
    boolean isOf(String keptSha256) {
        return MessageDigest.isEqual(
                sha256().getBytes(StandardCharsets.US_ASCII), keptSha256.getBytes(StandardCharsets.US_ASCII));
    }

    /** Not the secret: texts of objects end up in logs. */
    @Override
    public String toString() {
        return PREFIX + keyId;
    }
}
