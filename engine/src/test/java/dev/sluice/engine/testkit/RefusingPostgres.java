package dev.sluice.engine.testkit;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A Postgres that refuses every statement at once, and counts them. */
public final class RefusingPostgres {
    private final AtomicInteger asked = new AtomicInteger();

    /** Connections to it. */
    public Pool pool() {
        return proxy(
                Pool.class,
                (pool, method, statement) -> proxy(PreparedQuery.class, (query, execute, values) -> {
                    asked.incrementAndGet();
                    return Future.failedFuture("refused");
                }));
    }

    /** Statements so far. */
    public int asked() {
        return asked.get();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
