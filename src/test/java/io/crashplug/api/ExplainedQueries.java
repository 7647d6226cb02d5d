package io.crashplug.api;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that explains each query that it is asked, with its parameters and in its transaction, while told to. */
final class ExplainedQueries extends DelegatingDataSource {

    private final List<Explained> explained = new CopyOnWriteArrayList<>();
    private volatile boolean explaining;

    ExplainedQueries(DataSource database) {
        super(database);
    }

    /** A query and how many rows were read for it, those that were passed over too. */
    record Explained(String sql, long rowsRead, String plan) {}

    /** The queries that {@code work} asks. */
    List<Explained> during(Runnable work) {
        explained.clear();
        explaining = true;
        try {
            work.run();
        } finally {
            explaining = false;
        }
        return List.copyOf(explained);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            var answer = invoke(connection, method, arguments);
            return explaining && method.getName().equals("prepareStatement")
                    ? recorded(connection, (PreparedStatement) answer, (String) arguments[0])
                    : answer;
        });
    }

    private PreparedStatement recorded(Connection connection, PreparedStatement statement, String sql) {
        var parameters = new ArrayList<Call>();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length > 1) {
                parameters.add(new Call(method, arguments));
            }
            if (method.getName().equals("executeQuery")) {
                explain(connection, sql, parameters);
            }
            return invoke(statement, method, arguments);
        });
    }

    /** A parameter as it was set. */
    private record Call(Method method, Object[] arguments) {}

    private void explain(Connection connection, String sql, List<Call> parameters) throws Throwable {
        try (var statement = connection.prepareStatement(Database.TESTED.explain() + sql)) {
            for (var parameter : parameters) {
                invoke(statement, parameter.method(), parameter.arguments());
            }
            try (var plan = statement.executeQuery()) {
                plan.next();
                var text = plan.getString(1);
                explained.add(new Explained(sql, Database.TESTED.rowsRead(text), text));
            }
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
