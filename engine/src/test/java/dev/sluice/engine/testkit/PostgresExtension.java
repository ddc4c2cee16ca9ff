package dev.sluice.engine.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a fresh, migrated database on a real Postgres that starts once per JVM. Register with {@code @ExtendWith(PostgresExtension.class)} and take a
 * {@link TestDatabase} as a parameter of a test method or {@code @BeforeEach}; one taken in {@code @BeforeAll} is shared by the tests of the class.
 */
public final class PostgresExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return database(context);
    }

    /** The database of a test, for extensions that start something on it. */
    public static TestDatabase database(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent("database", key -> TestDatabase.create(server(context)), TestDatabase.class);
    }

    private static PostgresTestServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("server", key -> PostgresTestServer.launch(), PostgresTestServer.class);
    }
}
