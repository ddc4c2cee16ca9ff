package dev.sluice.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.embedded.PostgresPrograms;
import dev.sluice.loadtest.bench.meter.Spent;
import dev.sluice.loadtest.bench.meter.SpentMeter;
import dev.sluice.loadtest.bench.meter.Statements;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's short form for every build: work and bytes of a delivery, as the servers count them. Bounds are about twice what was seen, and no time is among them. */
class WorkTest {
    /** What a node asks by the clock, however little there is to do; a slow machine takes minutes. */
    private static final long BY_THE_CLOCK = 1_000;

    private static final String PROFILE = """
            INSERT INTO limit_profile (profile, effective_from, limit_name, limit_value, source)
            VALUES ('work', '2025-01-01', 'qps-per-app-and-api', 1000000, 'test')
            """;

    @TempDir
    static Path data;

    private static BenchNode node;

    @BeforeAll
    static void startNode() throws IOException {
        node = BenchNode.startCounting(data, PostgresPrograms.embedded(data.resolve("bin")));
        node.sql(PROFILE);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    /**
     * What a round came to.
     *
     * @param counted statements of the engine
     * @param calls that were made; more than the fewest possible where a slow machine let grants grow old
     */
    private record Work(List<Statements.Counted> counted, long calls, Spent spent) {
        long statements() {
            return counted.stream().mapToLong(Statements.Counted::calls).sum();
        }

        /** Intents and settlements: what a call cannot do without. */
        long writesOfCalls() {
            return counted.stream()
                    .filter(one -> one.text().startsWith("WITH answered AS")
                            || one.text().startsWith("WITH asked AS"))
                    .mapToLong(Statements.Counted::calls)
                    .sum();
        }

        /** Rows of pages of waiting deliveries. */
        long rowsRead() {
            return counted.stream()
                    .filter(one -> one.text().startsWith("SELECT u.submission_id, d.ordinal"))
                    .mapToLong(Statements.Counted::rows)
                    .sum();
        }
    }

    private static Work work(int peoplePerCall, int people) {
        BenchTenant tenant = BenchTenant.make(node, "work" + peoplePerCall, "work", peoplePerCall);
        EndToEndRound round = new EndToEndRound(node, tenant);
        Path csv = PeopleFile.of(people);
        SpentMeter meter = new SpentMeter(node);
        Statements statements = new Statements(node);
        statements.forget();
        Spent before = meter.read();
        round.rate(csv, 1, people);
        List<Statements.Counted> counted = statements.read();
        Spent spent = meter.read().since(before);
        long calls = node.number("SELECT count(*) FROM call WHERE tenant_id = $1", tenant.tenantId());
        return new Work(counted, calls, spent);
    }

    @Test
    void aDeliveryInAFullCallCostsAShareOfFewStatementsAndFewBytes() {
        int people = 10_000;

        Work work = work(100, people);

        assertThat(work.statements()).isBetween(1L, 3 * work.calls() + people / 1_000 + BY_THE_CLOCK);
        assertThat(work.writesOfCalls()).isBetween(1L, 2 * work.calls());
        assertThat(work.rowsRead()).as("each delivery is read once").isEqualTo(people);
        assertThat(work.spent().walBytes() / people).as("WAL bytes").isLessThan(1_000);
        assertThat(work.spent().tableBytes() / people).as("bytes of tables").isLessThan(700);
    }

    @Test
    void aDeliveryThatTravelsAloneCostsAtMostAnIntentAndASettlement() {
        // So many that what tables grow by in one step is small beside them.
        int people = 4_000;

        Work work = work(1, people);

        assertThat(work.statements()).isBetween(1L, 2 * work.calls() + BY_THE_CLOCK);
        assertThat(work.writesOfCalls()).isBetween(1L, work.calls());
        assertThat(work.rowsRead()).as("each delivery is read once").isEqualTo(people);
        assertThat(work.spent().walBytes() / work.calls()).as("WAL bytes").isLessThan(4_000);
        assertThat(work.spent().tableBytes() / work.calls())
                .as("bytes of tables")
                .isLessThan(2_500);
        assertThat(work.spent().redisCommands() / work.calls())
                .as("Redis commands, those of the scripts included")
                .isLessThan(40);
    }
}
