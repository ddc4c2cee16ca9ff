package dev.sluice.engine.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold between the keys, and what breaks otherwise. */
final class EngineConfigRelations {
    /** Renewals that may be lost in a row before a node fences itself. */
    private static final int RENEWALS_BEFORE_FENCE = 3;

    private EngineConfigRelations() {}

    static void check(EngineConfig config, ConfigReader reader) {
        leases(config.leases(), config.sending(), reader);
        sending(config.sending(), reader);
        stores(config, reader);
        ports(config, reader);
        roles(config.node(), reader);
    }

    private static void leases(EngineConfig.Leases leases, EngineConfig.Sending sending, ConfigReader reader) {
        long lastArrival = sending.callDeadlineMillis() + sending.latenessMillis();
        reader.require(
                leases.nodeLeaseMillis() > lastArrival,
                "leases.nodeLeaseMillis must be longer than sending.callDeadlineMillis + sending.latenessMillis (%d): otherwise the next owner starts while calls of the last may still arrive"
                        .formatted(lastArrival));
        // A node calls only while its lease outlives the call deadline, so that is the time in which it must be able to
        // renew.
        reader.require(
                leases.renewMillis() * RENEWALS_BEFORE_FENCE <= leases.nodeLeaseMillis() - sending.callDeadlineMillis(),
                "leases.renewMillis must be at most a third of leases.nodeLeaseMillis - sending.callDeadlineMillis: one lost renewal must not stop a node");
    }

    private static void sending(EngineConfig.Sending sending, ConfigReader reader) {
        reader.require(
                sending.connectTimeoutMillis() < sending.callDeadlineMillis(),
                "sending.connectTimeoutMillis must be shorter than sending.callDeadlineMillis");
        reader.require(
                sending.grantAgeMillis() < sending.callDeadlineMillis(),
                "sending.grantAgeMillis must be shorter than sending.callDeadlineMillis");
        reader.require(
                sending.retryBaseMillis() <= sending.retryCapMillis(),
                "sending.retryBaseMillis must not be longer than sending.retryCapMillis");
        reader.require(
                sending.callsInFlightPerLane() <= sending.callsInFlight(),
                "sending.callsInFlightPerLane must not be more than sending.callsInFlight");
    }

    private static void stores(EngineConfig config, ConfigReader reader) {
        reader.require(
                config.postgres().answerTimeoutMillis() > config.postgres().statementTimeoutMillis(),
                "postgres.answerTimeoutMillis must be longer than postgres.statementTimeoutMillis: the server's own word comes first");
        reader.require(
                config.ingestion().rowsPerCommit() <= config.ingestion().rowsQueued(),
                "ingestion.rowsPerCommit must not be more than ingestion.rowsQueued");
        reader.require(
                config.redis().commandTimeoutMillis() < config.sending().callDeadlineMillis(),
                "redis.commandTimeoutMillis must be shorter than sending.callDeadlineMillis");
    }

    private static void ports(EngineConfig config, ConfigReader reader) {
        List<Integer> ports = new ArrayList<>(
                List.of(config.http().listener().port(), config.metrics().port()));
        if (config.admin().enabled()) {
            ports.add(config.admin().listener().port());
        }
        ports.removeIf(port -> port == 0);
        Set<Integer> distinct = new HashSet<>(ports);
        reader.require(
                distinct.size() == ports.size(),
                "http.port, metrics.port and admin.port must be different from each other");
    }

    private static void roles(EngineConfig.Node node, ConfigReader reader) {
        reader.require(!node.roles().isEmpty(), "node.roles must name at least one role");
        reader.require(
                node.has(NodeRole.SCHEDULER) == node.has(NodeRole.SENDER),
                "node.roles must have scheduler and sender together: the owner of a lane makes its calls itself");
    }
}
