package io.crashplug.persistence;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that only read, so that they wait for no writer, whatever the database. */
@Component
public class ReadTransaction {

    private final TransactionTemplate transaction;

    ReadTransaction(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
    }

    /** What is read in one transaction. */
    public <T extends @Nullable Object> T of(Supplier<T> read) {
        return transaction.execute(status -> read.get());
    }
}
