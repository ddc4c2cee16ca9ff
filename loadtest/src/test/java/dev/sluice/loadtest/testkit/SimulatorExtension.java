package dev.sluice.loadtest.testkit;

import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a platform of its own, with the limits that it has by default: take a {@link Simulator} as a parameter, of the constructor for example. */
public final class SimulatorExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SimulatorExtension.class);

    private record Running(Vertx vertx, Simulator simulator) implements AutoCloseable {
        static Running start() {
            Vertx vertx = Vertx.vertx();
            return new Running(
                    vertx, Simulator.start(vertx, SimulatorOptions.defaults()).await());
        }

        @Override
        public void close() {
            vertx.close().await();
        }
    }

    /** A constructor's belongs to the test that is then run, not to its class. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulator.class;
    }

    @Override
    public Simulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent("platform", key -> Running.start(), Running.class)
                .simulator();
    }
}
