package dev.sluice.engine.node;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.NodeRole;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a node listens.
 *
 * @param section of the configuration, which has its {@code host} and {@code port}
 * @param listener what is set there; port 0 takes a free one
 */
public record ListenAddress(String section, EngineConfig.Listener listener) {
    /** Of the send API. */
    static ListenAddress http(EngineConfig config) {
        return new ListenAddress("http", config.http().listener());
    }

    /** Of metrics and health. */
    static ListenAddress metrics(EngineConfig config) {
        return new ListenAddress("metrics", config.metrics());
    }

    /** Of the control plane. */
    public static ListenAddress admin(EngineConfig config) {
        return new ListenAddress("admin", config.admin().listener());
    }

    /**
     * Looks at all of them, before anything is started. Somebody may take one later; see {@link #openedBy}.
     *
     * @throws StartFailure with each that the node cannot have, and what to set
     */
    public static void requireAll(EngineConfig config) {
        String refused = all(config).stream()
                .map(ListenAddress::refusal)
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        if (!refused.isEmpty()) {
            throw new StartFailure(refused);
        }
    }

    private static List<ListenAddress> all(EngineConfig config) {
        List<ListenAddress> all = new ArrayList<>();
        if (config.node().has(NodeRole.INGESTION)) {
            all.add(http(config));
        }
        if (config.admin().enabled()) {
            all.add(admin(config));
        }
        all.add(metrics(config));
        return all;
    }

    private Optional<String> refusal() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(listener.host(), listener.port()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(refusal(e));
        }
    }

    private String refusal(Throwable reason) {
        String variable = "SLUICE_" + section.toUpperCase(Locale.ROOT);
        return isTaken(reason)
                ? "%s:%d is taken: set %s.port or %s_PORT"
                        .formatted(listener.host(), listener.port(), section, variable)
                : "%s:%d cannot be listened on (%s): set %s.host or %s_HOST, or the port"
                        .formatted(listener.host(), listener.port(), reason.getMessage(), section, variable);
    }

    /** The part that listens there; when another program does so by then, it says what to set. */
    public EnginePart openedBy(EnginePart part) {
        return EnginePart.of(part.name(), () -> part.start().recover(this::explained), part::stop);
    }

    private <T> Future<T> explained(Throwable failure) {
        return Future.failedFuture(isTaken(failure) ? new StartFailure(refusal(failure), failure) : failure);
    }

    /** The socket libraries have a type each for this, and the system's own words in common. */
    private static boolean isTaken(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Address already in use");
    }
}
