package dev.sluice.loadtest.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same job by what a Java team would build instead, on the same Postgres, Redis and simulator: accept durably, ask a limiter in Redis, deliver one person a call,
 * record the outcome. Everybody's limit is a million calls a second, so that the limiter works and never holds. Rounds take turns; each contender is warm.
 *
 * <p>Ours takes its people from a file over HTTP and delivers when that is stored; the peers take theirs from memory by a call of their own API and deliver meanwhile.
 */
final class PeersBench {
    private static final String OURS = "Sluice";
    /** A JVM compiles for tens of seconds; with one round the slower half of each contender would be measured. */
    private static final int WARM_UP_ROUNDS = 3;

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
        Path csv = PeopleFile.of(scale.peerPeople());
        Map<String, Rounds> rounds = new LinkedHashMap<>();
        rounds.put(OURS, new Rounds());
        Map<String, PeerProcess> running = new LinkedHashMap<>();
        try {
            for (String kind : PEERS.keySet()) {
                rounds.put(kind, new Rounds());
                running.put(kind, PeerProcess.start(kind, node, tenant));
            }
            for (int round = -WARM_UP_ROUNDS; round < scale.rounds(); round++) {
                boolean isWarmUp = round < 0;
                ours(ours, csv, isWarmUp ? new Rounds() : rounds.get(OURS));
                for (var peer : running.entrySet()) {
                    peer(peer.getValue(), isWarmUp ? new Rounds() : rounds.get(peer.getKey()));
                }
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
        into.rates().add(round.rate(csv, 1, scale.peerPeople()));
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
