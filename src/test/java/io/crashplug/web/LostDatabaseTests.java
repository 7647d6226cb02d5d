package io.crashplug.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class LostDatabaseTests {

    private static RuntimeException because(SQLException cause) {
        return new JpaSystemException(new IllegalStateException("while something was done", cause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08003", "08006", "57P01", "57P02", "57P03"})
    void aStateOfALostConnectionIsALostDatabase(String state) {
        assertThat(LostDatabase.isBehind(because(new SQLException("terminated", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "42601", "53100", "57014"})
    void anyOtherStateIsNot(String state) {
        assertThat(LostDatabase.isBehind(because(new SQLException("Connection is closed", state))))
                .isFalse();
    }

    @Test
    void aConnectionThatThePoolTookAwayIsLost() {
        assertThat(LostDatabase.isBehind(because(new SQLException("Connection is closed"))))
                .isTrue();
        assertThat(LostDatabase.isBehind(because(new SQLException("Statement is closed"))))
                .isFalse();
    }

    @Test
    void aConnectionThatCannotBeHadIsLost() {
        assertThat(LostDatabase.isBehind(because(new SQLTransientConnectionException("timed out"))))
                .isTrue();
        assertThat(LostDatabase.isBehind(new CannotCreateTransactionException("none")))
                .isTrue();
    }

    @Test
    void aRollbackThatFailsTooDoesNotHideIt() {
        var hidden = new TransactionSystemException("could not roll back");
        hidden.initApplicationException(because(new SQLException("terminated", "57P01")));
        assertThat(LostDatabase.isBehind(hidden)).isTrue();
    }

    @Test
    void aFailureOfTheServiceIsNot() {
        assertThat(LostDatabase.isBehind(new IllegalStateException("a bug"))).isFalse();
        assertThat(LostDatabase.isBehind(new TransactionSystemException("could not commit")))
                .isFalse();
    }
}
