package dev.sluice.engine.node;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** A part of a node with a beginning and an end. It starts after the parts in front of it and stops before them. */
public interface EnginePart {
    /** For logs: what it is. */
    String name();

    /** Begins; the node does not start when this fails. */
    Future<?> start();

    /** Ends in an orderly way. Called only when it started, once. */
    Future<?> stop();

    /** A part made of two steps. */
    static EnginePart of(String name, Supplier<Future<?>> start, Supplier<Future<?>> stop) {
        return new EnginePart() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Future<?> start() {
                return start.get();
            }

            @Override
            public Future<?> stop() {
                return stop.get();
            }
        };
    }

    /** A part that is a verticle, or several instances of one. */
    static EnginePart verticle(String name, Vertx vertx, Supplier<? extends Deployable> make, int instances) {
        return new EnginePart() {
            private String deploymentId;

            @Override
            public String name() {
                return name;
            }

            @Override
            public Future<?> start() {
                return vertx.deployVerticle(make, new DeploymentOptions().setInstances(instances))
                        .onSuccess(id -> deploymentId = id);
            }

            @Override
            public Future<?> stop() {
                return vertx.undeploy(deploymentId);
            }
        };
    }
}
