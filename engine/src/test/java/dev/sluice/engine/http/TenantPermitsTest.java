package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenantPermitsTest {
    private final List<ProblemType> refused = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(-500);
    private final TenantPermits permits = new TenantPermits(2, 1_000, nanos::get, refused::add);
    private final List<Promise<String>> started = new ArrayList<>();

    @Test
    void ofATenantSoManyAreInWorkAndTheOthersWaitForTheirTurn() {
        List<Future<String>> asked = ask(1, 3);
        assertThat(started).hasSize(2);
        started.get(1).fail("broken");
        assertThat(started).hasSize(3);
        started.get(2).complete("third");
        assertThat(asked.get(2).result()).isEqualTo("third");
        ask(1, 1);
        assertThat(started).hasSize(4);
    }

    @Test
    void aTenantThatAsksALotDelaysNobodyElse() {
        ask(1, 100);
        ask(2, 1);
        assertThat(started).hasSize(3);
    }

    @Test
    void whoMayNotEvenWaitHearsWhenToComeBack() {
        List<Future<String>> asked = ask(1, 131);
        assertThat(asked.get(129).isComplete()).isFalse();
        ProblemException problem = (ProblemException) asked.get(130).cause();
        assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(problem.retryAfterSeconds()).isOne();
        assertThat(refused).containsExactly(ProblemType.TOO_MANY_REQUESTS);
    }

    @Test
    void whoseTurnDoesNotComeHearsSoAndTakesNoPermitWithIt() {
        List<Future<String>> first = ask(1, 3);
        nanos.addAndGet(400);
        List<Future<String>> later = ask(1, 1);
        nanos.addAndGet(600);
        permits.expire();
        assertThat(first.get(2).cause())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS));
        assertThat(later.getFirst().isComplete()).isFalse();
        assertThat(refused).hasSize(1);
        assertThat(started).hasSize(2);
        started.get(0).complete("first");
        assertThat(started).as("the next one's turn").hasSize(3);
        ask(1, 1);
        assertThat(started).as("two are in work").hasSize(3);
    }

    @Test
    void workThatThrowsGivesItsPermitBack() {
        for (int i = 0; i < 5; i++) {
            Future<String> broken = permits.with(1, () -> {
                throw new IllegalStateException("no");
            });
            assertThat(broken.failed()).isTrue();
        }
    }

    private List<Future<String>> ask(long tenant, int times) {
        List<Future<String>> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(permits.with(tenant, () -> {
                Promise<String> work = Promise.promise();
                started.add(work);
                return work.future();
            }));
        }
        return asked;
    }
}
