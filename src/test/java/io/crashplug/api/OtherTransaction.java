package io.crashplug.api;

import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of somebody else on the same database, of which the service knows nothing. */
final class OtherTransaction {

    private OtherTransaction() {}

    static TransactionTemplate on(DataSource database) {
        return new TransactionTemplate(new DataSourceTransactionManager(database));
    }
}
