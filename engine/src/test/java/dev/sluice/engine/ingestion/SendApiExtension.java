package dev.sluice.engine.ingestion;

import dev.sluice.engine.testkit.PostgresExtension;
import io.vertx.core.Vertx;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the send API for a test that takes a {@link SendApi}, on the test's own database, and stops it afterwards. A test that starts its own takes the
 * {@link Vertx} that it needs for that; it is shared by the tests of a class.
 */
public final class SendApiExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SendApiExtension.class);

    private final IngestionBounds bounds;

    /** With the usual bounds, for {@code @ExtendWith}. */
    public SendApiExtension() {
        this(IngestionBounds.DEFAULT);
    }

    private SendApiExtension(IngestionBounds bounds) {
        this.bounds = bounds;
    }

    /** With other bounds, for {@code @RegisterExtension}. */
    public static SendApiExtension with(Map<String, ? extends Number> changed) {
        return new SendApiExtension(bounds(changed));
    }

    /** The usual bounds but for those that are named. */
    public static IngestionBounds bounds(Map<String, ? extends Number> changed) {
        Set<String> unknown = new HashSet<>(changed.keySet());
        RecordComponent[] components = IngestionBounds.class.getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                RecordComponent component = components[i];
                unknown.remove(component.getName());
                Number value = changed.get(component.getName());
                Number usual = (Number) component.getAccessor().invoke(IngestionBounds.DEFAULT);
                Number taken = value == null ? usual : value;
                values[i] = component.getType() == int.class ? (Object) taken.intValue() : (Object) taken.longValue();
            }
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("no such bounds: " + unknown);
            }
            Constructor<IngestionBounds> constructor = IngestionBounds.class.getConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SendApi.class || type == Vertx.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Vertx vertx = context.getParent()
                .orElseThrow()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("vertx", key -> new OpenVertx(Vertx.vertx()), OpenVertx.class)
                .vertx();
        if (parameter.getParameter().getType() == Vertx.class) {
            return vertx;
        }
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        "api",
                        key -> new SendApi(vertx, PostgresExtension.database(context), null, bounds),
                        SendApi.class);
    }

    private record OpenVertx(Vertx vertx) implements AutoCloseable {
        @Override
        public void close() {
            SendApi.await(vertx.close());
        }
    }
}
