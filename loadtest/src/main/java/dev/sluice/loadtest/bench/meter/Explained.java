package dev.sluice.loadtest.bench.meter;

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
 * A pool that can explain a statement right before it runs, so that the plan of exactly what a store runs can be shown, without the store knowing. Before, not
 * after: an intent cannot be inserted twice, and a settled call has nothing left to settle. For one caller at a time.
 */
public final class Explained {
    private final Pool real;
    private boolean isAsked;
    private String plan = "";

    public Explained(Pool real) {
        this.real = real;
    }

    /** The pool to give to a store. */
    public Pool pool() {
        return (Pool) Proxy.newProxyInstance(
                Pool.class.getClassLoader(), new Class<?>[] {Pool.class}, (self, method, arguments) -> {
                    Object result = call(() -> method.invoke(real, arguments));
                    if (method.getName().equals("preparedQuery")) {
                        String statement = (String) arguments[0];
                        return query(statement, (PreparedQuery<?>) result);
                    }
                    return result;
                });
    }

    /** Explains the next statement. */
    public void explainNext() {
        isAsked = true;
    }

    /** The plan of the statement that was to be explained. */
    public String plan() {
        return plan;
    }

    /** Runs a statement in a transaction that is rolled back, if it is asked for. */
    private Future<Void> explain(String sql, Tuple values) {
        if (!isAsked) {
            return Future.succeededFuture();
        }
        isAsked = false;
        return real.getConnection()
                .compose(connection -> connection
                        .begin()
                        .compose(transaction -> connection
                                .preparedQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + sql)
                                .execute(values)
                                .onSuccess(rows -> plan = lines(rows))
                                .compose(rows -> transaction.rollback()))
                        .onComplete(done -> connection.close()));
    }

    private PreparedQuery<?> query(String statement, PreparedQuery<?> result) {
        return (PreparedQuery<?>) Proxy.newProxyInstance(
                PreparedQuery.class.getClassLoader(),
                new Class<?>[] {PreparedQuery.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("execute")
                            && arguments != null
                            && arguments[0] instanceof Tuple tuple) {
                        return explain(statement, tuple).compose(explained -> executed(result, tuple));
                    }
                    return call(() -> method.invoke(result, arguments));
                });
    }

    private static <R> Future<R> executed(PreparedQuery<R> query, Tuple tuple) {
        return query.execute(tuple);
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
}
