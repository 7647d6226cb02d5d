package io.crashplug.access;

import io.crashplug.machine.Now;
import io.crashplug.persistence.ReadTransaction;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes, shows, revokes and recognises tokens. */
@Service
public class ApiTokens {

    /** How old the time of the last use that is stored may be: not every request is worth a write. */
    public static final Duration LAST_USE_WITHIN = Duration.ofMinutes(1);

    private final StoredTokens stored;
    private final TransactionTemplate transaction;
    private final ReadTransaction reading;
    private final Clock clock;

    ApiTokens(StoredTokens stored, PlatformTransactionManager transactions, ReadTransaction reading, Clock clock) {
        this.stored = stored;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = reading;
        this.clock = clock;
    }

    /**
     * A token that was made.
     *
     * @param text what its holder sends; known here and never again
     */
    public record Issued(ApiToken token, String text) {}

    /**
     * Makes a token.
     *
     * @param actor the principal that asks for it
     * @throws ProblemException token-name-taken if there is or was a token of that name
     */
    public Issued create(NewToken token, String actor) {
        var text = TokenText.random();
        try {
            return transaction.execute(status -> {
                if (stored.named(token.name()).isPresent()) {
                    throw taken(token.name());
                }
                stored.insert(token, text, Now.of(clock), actor);
                return new Issued(stored.named(token.name()).orElseThrow(), text.text());
            });
        } catch (DataIntegrityViolationException e) {
            // Somebody else took the name since it was looked up.
            throw taken(token.name());
        }
    }

    /** The token that a text is; empty if it is none, or one that is not accepted now. Notes its use. */
    public Optional<ApiToken> recognise(String text) {
        return TokenText.of(text)
                .flatMap(given -> reading.of(() -> stored.withKey(given.keyId())
                        .filter(known -> given.isOf(known.secretSha256()))
                        .map(StoredTokens.Stored::token)
                        .filter(token -> token.isGoodAt(clock.instant()))))
                .map(this::used);
    }

    private ApiToken used(ApiToken token) {
        var now = Now.of(clock);
        var since = now.minus(LAST_USE_WITHIN);
        if (token.lastUsedAt() == null || token.lastUsedAt().isBefore(since)) {
            transaction.executeWithoutResult(status -> stored.used(token.name(), now, since));
        }
        return token;
    }

    /**
     * Tokens by name, also those that are accepted no longer.
     *
     * @param after the name to continue after; null from the first on
     */
    public List<ApiToken> list(@Nullable String after, int most) {
        return reading.of(() -> stored.list(after == null ? "" : after, most));
    }

    /** The token of that name; not-found if there never was one. */
    public ApiToken of(String name) {
        return reading.of(() -> stored.named(name).orElseThrow(() -> unknown(name)));
    }

    /** Whether no token was ever made. */
    public boolean isEmpty() {
        return Boolean.TRUE.equals(reading.of(() -> stored.isEmpty()));
    }

    /** Revokes the token of that name for a principal: no later request is accepted with it. Again changes nothing. */
    public void revoke(String name, String actor) {
        var known = of(name);
        transaction.executeWithoutResult(status -> stored.revoke(known.name(), Now.of(clock), actor));
    }

    private static ProblemException unknown(String name) {
        return Problem.of(ProblemType.NOT_FOUND, "there is no token \"%s\"".formatted(name))
                .toException();
    }

    private static ProblemException taken(String name) {
        return Problem.of(ProblemType.TOKEN_NAME_TAKEN, "there is or was a token \"%s\"".formatted(name))
                .toException();
    }
}
