package dev.sluice.engine.scheduling.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServiceOrderTest {
    private static final UUID CONTENT = new UUID(1, 1);
    private static final UUID OTHER_CONTENT = new UUID(1, 2);
    private static final int ALL = PriorityClass.BULK.code();
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final ServiceOrder<Waiting> order = new ServiceOrder<>();

    private static final class Waiting extends ServiceOrder.Served {
        private int ready;

        Waiting(long id, PriorityClass priority, long deliverByMillis, UUID content, int ready) {
            super(id, priority, deliverByMillis, content);
            this.ready = ready;
        }

        @Override
        protected int readyCount() {
            return ready;
        }
    }

    @Test
    void classesGoInOrderThenDeadlinesThenAge() {
        List<Waiting> expected = List.of(
                list(9, PriorityClass.CRITICAL, NO_DEADLINE, 1),
                list(8, PriorityClass.TRANSACTIONAL, 1_000, 1),
                list(7, PriorityClass.TRANSACTIONAL, 2_000, 1),
                list(5, PriorityClass.BULK, 500, 1),
                list(4, PriorityClass.BULK, NO_DEADLINE, 1),
                list(6, PriorityClass.BULK, NO_DEADLINE, 1));

        List<Waiting> served = new ArrayList<>();
        for (Waiting next = order.leader(ALL); next != null; next = order.leader(ALL)) {
            serve(next, 1);
            served.add(next);
        }
        assertThat(served).isEqualTo(expected);
        assertThat(order.readyCount()).isZero();
    }

    @Test
    void beforeAContentThatIsToGoLastGoesWhateverElseMay() {
        Waiting urgent = list(1, PriorityClass.CRITICAL, NO_DEADLINE, 1);
        assertThat(order.leaderBeside(CONTENT, ALL)).as("nothing else waits").isEqualTo(urgent);

        Waiting other = list(new Waiting(2, PriorityClass.BULK, NO_DEADLINE, OTHER_CONTENT, 1));
        assertThat(order.leaderBeside(CONTENT, ALL)).isEqualTo(other);
        assertThat(order.leaderBeside(CONTENT, PriorityClass.CRITICAL.code()))
                .as("bulk may not go")
                .isEqualTo(urgent);
        assertThat(order.leaderBeside(OTHER_CONTENT, ALL)).isEqualTo(urgent);
    }

    @Test
    void oneSortOfPeopleDoesNotWaitBehindAMillionOfAnother() {
        Waiting million = list(1, PriorityClass.BULK, NO_DEADLINE, 1_000_000);
        for (int call = 0; call < 50; call++) {
            serve(million, 100);
        }
        Waiting one = list(2, PriorityClass.BULK, NO_DEADLINE, 1);
        assertThat(order.leader(ALL)).isSameAs(one);
        serve(one, 1);
        assertThat(order.leader(ALL)).isSameAs(million);
    }

    @Test
    void equalsShareEvenlyFromThenOnHoweverMuchOneGotBefore() {
        Waiting before = list(1, PriorityClass.BULK, NO_DEADLINE, 1_000_000);
        for (int call = 0; call < 50; call++) {
            serve(before, 100);
        }
        list(2, PriorityClass.BULK, NO_DEADLINE, 1_000_000);
        Map<Long, Integer> people = new HashMap<>();
        for (int call = 0; call < 40; call++) {
            Waiting next = order.leader(ALL);
            serve(next, 100);
            people.merge(next.id(), 100, Integer::sum);
        }
        assertThat(people).isEqualTo(Map.of(1L, 2_000, 2L, 2_000));
    }

    /** Neither those who go first anyway, nor those who had a deadline: they were no equals of either. */
    @Test
    void onePersonDoesNotWaitWhileAMillionCatchUpWithWhatOthersGot() {
        Waiting million = list(1, PriorityClass.BULK, NO_DEADLINE, 1_000_000);
        Waiting urgent = list(2, PriorityClass.TRANSACTIONAL, NO_DEADLINE, 5_000);
        Waiting soon = list(3, PriorityClass.BULK, 1_000, 5_000);
        for (Waiting next = order.leader(ALL); next != million; next = order.leader(ALL)) {
            serve(next, 100);
        }
        assertThat(urgent.ready + soon.ready).isZero();

        Waiting one = list(4, PriorityClass.BULK, NO_DEADLINE, 1);
        serve(million, 100);
        assertThat(order.leader(ALL)).isSameAs(one);
    }

    @Test
    void companyIsOfOneContentAndOfTheClassesThatMayGo() {
        Waiting leader = list(1, PriorityClass.CRITICAL, NO_DEADLINE, 3);
        list(2, PriorityClass.BULK, NO_DEADLINE, 4);
        list(new Waiting(3, PriorityClass.CRITICAL, NO_DEADLINE, OTHER_CONTENT, 5));

        assertThat(order.company(leader, ALL, 100)).isEqualTo(7);
        assertThat(order.company(leader, ALL, 7)).isEqualTo(7);
        assertThat(order.company(leader, ALL, 6)).isEqualTo(6);
        assertThat(order.company(leader, PriorityClass.TRANSACTIONAL.code(), 100))
                .isEqualTo(3);
    }

    @Test
    void nobodyLeadsWhoseClassMayNotGo() {
        Waiting bulk = list(1, PriorityClass.BULK, NO_DEADLINE, 3);

        assertThat(order.leader(ALL)).isSameAs(bulk);
        assertThat(order.leader(CONTENT, ALL)).isSameAs(bulk);
        assertThat(order.leader(OTHER_CONTENT, ALL)).isNull();
        assertThat(order.leader(ALL - 1)).isNull();
        assertThat(order.leader(CONTENT, ALL - 1)).isNull();
    }

    @Test
    void whatIsTakenOutIsNeitherCountedNorNext() {
        Waiting three = list(1, PriorityClass.BULK, NO_DEADLINE, 3);
        Waiting four = list(2, PriorityClass.BULK, NO_DEADLINE, 4);
        assertThat(order.readyCount()).isEqualTo(7);

        order.unlist(three);
        order.unlist(three);
        assertThat(order.readyCount()).isEqualTo(4);
        assertThat(order.leader(ALL)).isSameAs(four);
        assertThat(order.leader(CONTENT, ALL)).isSameAs(four);

        order.unlist(four);
        assertThat(order.readyCount()).isZero();
        assertThat(order.leader(ALL)).isNull();
        assertThat(order.leader(CONTENT, ALL)).isNull();
    }

    private Waiting list(long id, PriorityClass priority, long deliverByMillis, int ready) {
        return list(new Waiting(id, priority, deliverByMillis, CONTENT, ready));
    }

    private Waiting list(Waiting one) {
        order.join(one);
        order.list(one);
        return one;
    }

    private void serve(Waiting one, int deliveries) {
        order.unlist(one);
        one.ready -= deliveries;
        order.served(one, deliveries);
        order.list(one);
    }
}
