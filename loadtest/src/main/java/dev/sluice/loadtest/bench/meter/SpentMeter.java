package dev.sluice.loadtest.bench.meter;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchThreads;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;

/** Reads what this process, Postgres and Redis have used so far. Blocking; for the main thread. */
public final class SpentMeter {
    private static final String BYTES = """
            SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            """;
    private static final String WAL = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint";

    private final BenchNode node;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long postgresPid;
    private final long redisPid;

    public SpentMeter(BenchNode node) {
        this.node = node;
        this.postgresPid = Processor.parent(node.number("SELECT pg_backend_pid()"));
        this.redisPid = redisInfo("server", "process_id");
    }

    /** What was used up to now. */
    public Spent read() {
        BenchThreads ours = node.threads();
        double simulator = cpuSeconds(ours.simulator());
        double client = cpuSeconds(ours.client());
        double all = process.getProcessCpuTime() / 1e9;
        double allocated =
                threads.getTotalThreadAllocatedBytes() - allocated(ours.simulator()) - allocated(ours.client());
        return new Spent(
                all - simulator - client,
                simulator,
                client,
                Processor.secondsOfFamily(postgresPid),
                Processor.seconds(redisPid),
                node.number(WAL),
                node.number(BYTES),
                allocated,
                redisInfo("stats", "total_commands_processed"));
    }

    private double cpuSeconds(Set<Long> ids) {
        return Arrays.stream(threads.getThreadCpuTime(array(ids)))
                        .filter(nanos -> nanos > 0)
                        .sum()
                / 1e9;
    }

    private double allocated(Set<Long> ids) {
        return Arrays.stream(threads.getThreadAllocatedBytes(array(ids)))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static long[] array(Set<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    private long redisInfo(String section, String field) {
        // Not by the engine's commands: those give up after half a second, which a busy machine may take.
        String info = BenchNode.await(node.parts()
                        .redis()
                        .redis()
                        .send(Request.cmd(Command.INFO).arg(section)))
                .toString();
        return info.lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(field.length() + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis does not tell its " + field));
    }
}
