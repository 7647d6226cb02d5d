package io.crashplug.storecheck;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells rows that cannot be read, which are findings, from a database that cannot be asked, which is a failure. */
final class Unreadable {

    private static final Logger log = LoggerFactory.getLogger(Unreadable.class);

    private static final int MOST_SHOWN = 500;

    private Unreadable() {}

    /** Whether what failed is what is stored. */
    static boolean isStored(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException
                    || cause instanceof TransactionException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException
                    || cause instanceof NonTransientDataAccessResourceException) {
                return false;
            }
        }
        return true;
    }

    /**
     * The finding's sentence.
     *
     * @throws RuntimeException the failure itself unless it is what is stored
     */
    static String sentence(RuntimeException failure) {
        if (!isStored(failure)) {
            throw failure;
        }
        log.warn("What is stored of a machine cannot be read", failure);
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var text = String.valueOf(cause);
        return "its machine, layout or crash image cannot be read: "
                + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…");
    }
}
