package dev.sluice.loadtest.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool that remembers the last statement and its parameters, so that the plan of exactly what a store runs can be shown, without the store knowing.
 * For one caller at a time.
 */
final class Explained {
    private final Pool real;
    private String statement;
    private Tuple parameters;

    Explained(Pool real) {
        this.real = real;
    }

    /** The pool to give to a store. */
    Pool pool() {
        return (Pool) Proxy.newProxyInstance(
                Pool.class.getClassLoader(), new Class<?>[] {Pool.class}, (self, method, arguments) -> {
                    Object result = call(() -> method.invoke(real, arguments));
                    if (method.getName().equals("preparedQuery")) {
                        statement = (String) arguments[0];
                        return query((PreparedQuery<?>) result);
                    }
                    return result;
                });
    }

    /** The plan of the last statement, run once more in a transaction that is rolled back. */
    String plan() {
        return BenchNode.await(real.getConnection()
                .compose(connection -> connection
                        .begin()
                        .compose(transaction -> connection
                                .preparedQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + statement)
                                .execute(parameters)
                                .map(Explained::lines)
                                .compose(lines -> transaction.rollback().map(lines)))
                        .onComplete(done -> connection.close())));
    }

    private PreparedQuery<?> query(PreparedQuery<?> result) {
        return (PreparedQuery<?>) Proxy.newProxyInstance(
                PreparedQuery.class.getClassLoader(),
                new Class<?>[] {PreparedQuery.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("execute")
                            && arguments != null
                            && arguments[0] instanceof Tuple tuple) {
                        parameters = tuple;
                    }
                    return call(() -> method.invoke(result, arguments));
                });
    }

    private interface Invocation {
        Object invoke() throws ReflectiveOperationException;
    }

    private static Object call(Invocation invocation) throws Throwable {
        try {
            return invocation.invoke();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static String lines(RowSet<Row> rows) {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(row.getString(0)));
        return String.join("\n", lines);
    }

    /** For statements of stores that are not public. */
    Future<RowSet<Row>> run(String sql, Tuple values) {
        statement = sql;
        parameters = values;
        return real.preparedQuery(sql).execute(values);
    }
}
