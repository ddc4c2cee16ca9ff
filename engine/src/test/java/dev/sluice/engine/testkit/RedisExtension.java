package dev.sluice.engine.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test its own key prefix on a real Redis that starts once per JVM. Register with {@code @ExtendWith(RedisExtension.class)} and take a
 * {@link TestRedis} as a parameter of a test method or {@code @BeforeEach}; one taken in {@code @BeforeAll} is shared by the tests of the class. Whatever a
 * test does to the server (stop, freeze), the next one finds it running.
 */
public final class RedisExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RedisExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRedis.class;
    }

    @Override
    public TestRedis resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent("redis", key -> new TestRedis(server(context)), TestRedis.class);
    }

    private static RedisTestServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("server", key -> RedisTestServer.launch(), RedisTestServer.class);
    }
}
