package dev.sluice.engine.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenPeopleTest {
    private static final int MANY = 100_000;

    private final SeenPeople seen = new SeenPeople();

    @Test
    void nobodyWhoWasHereIsTakenForAStrangerHoweverManyCome() {
        seen.toldAll();
        long strangers =
                IntStream.range(0, MANY).filter(i -> seen.add("person-" + i)).count();
        assertThat(strangers).isGreaterThan(MANY * 99L / 100);
        assertThat(IntStream.range(0, MANY)).noneMatch(i -> seen.add("person-" + i));
    }

    @Test
    void everybodyIsSuspectedUntilAllAreTold() {
        assertThat(seen.add("a")).isFalse();
        seen.toldAll();
        assertThat(seen.add("a")).isFalse();
        assertThat(seen.add("b")).isTrue();
    }

    /** Files of one row may come by the thousand. */
    @Test
    void aFewPeopleCostNoMemoryForMany() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int file = 0; file < 100; file++) {
            new SeenPeople().add("person");
        }
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
    }
}
