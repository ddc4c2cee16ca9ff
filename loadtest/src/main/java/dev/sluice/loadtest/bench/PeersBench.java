package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.meter.Spent;
import dev.sluice.loadtest.bench.meter.SpentMeter;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same job by what a Java team would build instead, on the same Postgres, Redis and simulator: accept durably, ask a limiter in Redis, deliver one person a call,
 * record the outcome. Everybody's limit is a million calls a second, so that the limiter works and never holds. Rounds take turns; each contender has
 * been warmed up for the same time.
 *
 * <p>Everybody delivers while more is accepted: ours takes its people over HTTP from files, each delivered when it is stored; the peers take theirs from memory by a call
 * of their own API.
 */
final class PeersBench {
    private static final String OURS = "Sluice";

    /** Of a round: with one, nothing would be delivered while it is uploaded. */
    private static final int FILES = 4;

    private static final String PROFILE = """
            INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value, source)
            VALUES ('million', '2025-01-01', 'qps-per-app-and-api', 1000000, 'benchmark')
            """;
    /** What starts the process, and what it is called in the table. */
    private static final Map<String, String> PEERS = peers();

    private final BenchNode node;
    private final Scale scale;
    private final Report report;

    PeersBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
    }

    private static Map<String, String> peers() {
        Map<String, String> peers = new LinkedHashMap<>();
        peers.put("db-scheduler", "db-scheduler + Bucket4j, outcome in a table");
        peers.put("db-scheduler-unrecorded", "db-scheduler + Bucket4j, outcome forgotten");
        peers.put("jobrunr", "JobRunr + Bucket4j");
        return peers;
    }

    /** Rounds of one contender. */
    private record Rounds(List<Double> rates, List<Double> cpuMicros) {
        Rounds() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    void run() {
        report.progress("batch 1 beside " + String.join(", ", PEERS.values()));
        node.sql(PROFILE);
        BenchTenant tenant = BenchTenant.make(node, "peers", "million", 1);
        EndToEndRound ours = new EndToEndRound(node, tenant);
        Path csv = PeopleFile.of(scale.peerPeople() / FILES);
        Map<String, Rounds> rounds = new LinkedHashMap<>();
        rounds.put(OURS, new Rounds());
        Map<String, PeerProcess> running = new LinkedHashMap<>();
        try {
            for (String kind : PEERS.keySet()) {
                rounds.put(kind, new Rounds());
                running.put(kind, PeerProcess.start(kind, node, tenant));
            }
            scale.warmUp().of(() -> ours(ours, csv, new Rounds()));
            running.values().forEach(peer -> scale.warmUp().of(() -> peer(peer, new Rounds())));
            for (int round = 0; round < scale.rounds(); round++) {
                ours(ours, csv, rounds.get(OURS));
                running.forEach((kind, peer) -> peer(peer, rounds.get(kind)));
            }
        } finally {
            running.values().forEach(PeerProcess::close);
        }
        rounds.forEach(this::show);
    }

    private void ours(EndToEndRound round, Path csv, Rounds into) {
        SpentMeter meter = new SpentMeter(node);
        node.sql("CHECKPOINT");
        Spent before = meter.read();
        into.rates().add(round.rate(csv, FILES, scale.peerPeople() / FILES));
        into.cpuMicros().add(micros(meter.read().since(before).operatorSeconds()));
    }

    private void peer(PeerProcess peer, Rounds into) {
        SpentMeter meter = new SpentMeter(node);
        node.sql("CHECKPOINT");
        Spent before = meter.read();
        double ownBefore = peer.seconds();
        into.rates().add(scale.peerPeople() / peer.round(scale.peerPeople()));
        Spent stores = meter.read().since(before);
        into.cpuMicros().add(micros(peer.seconds() - ownBefore + stores.postgresSeconds() + stores.redisSeconds()));
    }

    private double micros(double seconds) {
        return 1e6 * seconds / scale.peerPeople();
    }

    private void show(String kind, Rounds rounds) {
        String note = "%,d a round, 1 person a call".formatted(scale.peerPeople());
        report.add(Figure.of(PEERS.getOrDefault(kind, OURS), "deliveries/s", rounds.rates(), note));
        report.add(Figure.of("  processor time, with Postgres and Redis", "µs/delivery", rounds.cpuMicros(), ""));
    }
}
