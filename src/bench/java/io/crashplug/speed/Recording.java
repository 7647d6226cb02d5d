package io.crashplug.speed;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Writes down what a service sends to its database. */
final class Recording implements BeanPostProcessor {

    /** Begins the names of the threads that answer requests; those that work in the background are not waited for. */
    private static final String ANSWERING = "http-nio-";

    private final List<Sent> sent = new ArrayList<>();

    /** Something that was sent: a statement, or the end of a transaction. */
    sealed interface Sent {}

    /** {@code commit}. */
    record Committed() implements Sent {}

    /** Something else that an event has no need of. */
    record Unexpected(String method) implements Sent {}

    /**
     * A statement.
     *
     * @param method how it was executed: {@code executeQuery}, {@code executeUpdate} or {@code executeBatch}
     * @param rows its parameters by position, one map unless it was a batch
     * @param keys columns that are read back of what it writes
     * @param autoCommit whether it was a transaction by itself
     */
    record Executed(String sql, String method, List<Map<Integer, Bound>> rows, List<String> keys, boolean autoCommit)
            implements Sent {}

    /**
     * A parameter.
     *
     * @param sqlType the type that it was bound with; null if the method says it
     */
    record Bound(
            String method, @Nullable Object value, @Nullable Integer sqlType) {}

    /** What was sent since the last time it was asked for. */
    synchronized List<Sent> take() {
        var taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    private synchronized void add(Sent one) {
        if (Thread.currentThread().getName().startsWith(ANSWERING)) {
            sent.add(one);
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? new Recorded(source) : bean;
    }

    private final class Recorded extends DelegatingDataSource {

        private Recorded(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return proxy(Connection.class, new OfConnection(super.getConnection()));
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private final class OfConnection implements InvocationHandler {

        private final Connection connection;

        private OfConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            var result = Recording.invoke(connection, method, arguments);
            switch (method.getName()) {
                case "commit" -> add(new Committed());
                case "rollback", "createStatement" -> add(new Unexpected(method.getName()));
                case "prepareStatement" -> {
                    return Recording.proxy(
                            PreparedStatement.class,
                            new OfStatement((PreparedStatement) result, String.valueOf(arguments[0]), keys(arguments)));
                }
                default -> {}
            }
            return result;
        }

        private static List<String> keys(Object[] arguments) {
            return arguments.length > 1 && arguments[1] instanceof String[] keys ? List.of(keys) : List.of();
        }
    }

    private final class OfStatement implements InvocationHandler {

        private final PreparedStatement statement;
        private final String sql;
        private final List<String> keys;
        private Map<Integer, Bound> row = new TreeMap<>();
        private List<Map<Integer, Bound>> batch = new ArrayList<>();

        private OfStatement(PreparedStatement statement, String sql, List<String> keys) {
            this.statement = statement;
            this.sql = sql;
            this.keys = keys;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            var name = method.getName();
            if (name.startsWith("execute")) {
                boolean isBatch = name.equals("executeBatch");
                add(new Executed(
                        sql,
                        name,
                        isBatch ? batch : List.of(row),
                        keys,
                        statement.getConnection().getAutoCommit()));
                batch = new ArrayList<>();
            } else if (name.equals("addBatch")) {
                batch.add(row);
                row = new TreeMap<>(row);
            } else if (name.startsWith("set") && arguments != null && arguments.length >= 2) {
                row.put((Integer) arguments[0], bound(name, arguments));
            }
            return Recording.invoke(statement, method, arguments);
        }

        private static Bound bound(String name, Object[] arguments) {
            if (name.equals("setNull")) {
                return new Bound(name, null, (Integer) arguments[1]);
            }
            return new Bound(
                    name, arguments[1], arguments.length > 2 && arguments[2] instanceof Integer type ? type : null);
        }
    }
}
