package io.crashplug.notify;

import io.crashplug.persistence.ReadTransaction;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Places of the feed as texts that tell nothing: places count the events of all machines, also of those that a follower
 * may not know of. The key is in the database, so that each service reads the tokens of the others.
 */
@Component
public class FeedTokens {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;
    private final ReadTransaction reading;
    private final TransactionTemplate writing;

    private @Nullable SecretKey known;

    FeedTokens(JdbcClient database, PlatformTransactionManager transactions, ReadTransaction reading) {
        this.database = database;
        this.writing = new TransactionTemplate(transactions);
        this.reading = reading;
    }

    /** A token of a place; another one each time. */
    public String of(long position) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key(), new GCMParameterSpec(TAG_BITS, nonce));
            byte[] hidden = cipher.doFinal(
                    ByteBuffer.allocate(Long.BYTES).putLong(position).array());
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(NONCE_BYTES + hidden.length)
                            .put(nonce)
                            .put(hidden)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The place of a token.
     *
     * @throws IllegalArgumentException if it is none of this feed's
     */
    public long position(String token) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        if (bytes.length != NONCE_BYTES + Long.BYTES + TAG_BITS / Byte.SIZE) {
            throw new IllegalArgumentException("the token is of another length");
        }
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key(), new GCMParameterSpec(TAG_BITS, Arrays.copyOf(bytes, NONCE_BYTES)));
            return ByteBuffer.wrap(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the token is none of this feed", e);
        }
    }

    private synchronized SecretKey key() {
        var key = known;
        if (key == null) {
            var secret = stored().orElseGet(this::made);
            key = new SecretKeySpec(Base64.getDecoder().decode(secret), "AES");
            known = key;
        }
        return key;
    }

    private Optional<String> stored() {
        return reading.of(() -> database.sql("select secret from feed_key where id = 1")
                .query((row, number) -> row.getString("secret"))
                .optional());
    }

    private String made() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        try {
            writing.executeWithoutResult(status -> database.sql("insert into feed_key (id, secret) values (1, :secret)")
                    .param("secret", Base64.getEncoder().encodeToString(key))
                    .update());
        } catch (DataIntegrityViolationException e) {
            // Another service made one since it was looked for.
        }
        return stored().orElseThrow();
    }
}
