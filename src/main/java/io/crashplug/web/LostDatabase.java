package io.crashplug.web;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells a database that is away, or went away in the middle of a transaction, from a failure of the service. */
final class LostDatabase {

    /** SQLSTATE class 08, connection exception. */
    private static final String CONNECTION_EXCEPTION = "08";

    /** PostgreSQL ends sessions, or takes none: 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now. */
    private static final String OPERATOR_INTERVENTION = "57P0";

    /** What the pool says of a connection that it took away when it broke; it has no SQLSTATE for that. */
    private static final String TAKEN_AWAY = "Connection is closed";

    private LostDatabase() {}

    static boolean isBehind(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof CannotGetJdbcConnectionException
                    || (cause instanceof SQLException e && isLostConnection(e))) {
                return true;
            }
            // A rollback that fails as well hides what it was for.
            if (cause instanceof TransactionSystemException e
                    && e.getApplicationException() != null
                    && isBehind(e.getApplicationException())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLostConnection(SQLException exception) {
        var state = exception.getSQLState();
        return exception instanceof SQLTransientConnectionException
                || exception instanceof SQLNonTransientConnectionException
                || exception instanceof SQLRecoverableException
                || (state == null && TAKEN_AWAY.equals(exception.getMessage()))
                || (state != null
                        && (state.startsWith(CONNECTION_EXCEPTION) || state.startsWith(OPERATOR_INTERVENTION)));
    }
}
