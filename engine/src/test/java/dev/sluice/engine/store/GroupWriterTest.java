package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class GroupWriterTest {
    private static final int MOST_WRITES = 2;
    private static final int MOST_ITEMS = 200;

    /** A write that waits for the test to end it. */
    private record Write(List<Integer> items, Promise<List<Integer>> done) {
        void end() {
            done.complete(items.stream().map(item -> -item).toList());
        }
    }

    private final List<Write> writes = new CopyOnWriteArrayList<>();
    private Context loop;
    private int seen;
    private GroupWriter<Integer, Integer> writer;

    @BeforeEach
    void open(Vertx vertx) {
        loop = vertx.getOrCreateContext();
        writer = onLoop(() -> new GroupWriter<>(vertx, MOST_ITEMS, MOST_WRITES, items -> {
            Write write = new Write(items, Promise.promise());
            writes.add(write);
            return write.done().future();
        }));
    }

    @Test
    void whatComesInOneTurnIsWrittenTogetherAndEachGetsItsOwnAnswer() {
        List<Future<Integer>> answers = add(0, 3);

        assertThat(next().items()).containsExactly(0, 1, 2);
        end(writes.get(0));
        assertThat(answers.stream().map(TestWaiting::await)).containsExactly(0, -1, -2);
    }

    @Test
    void aFewWaitForTheWriteUnderWayAndManyDoNot() {
        add(0, 1);
        next();
        add(1, 100);
        onLoop(() -> null);
        assertThat(writes).hasSize(1);

        add(101, 28);

        assertThat(next().items()).hasSize(128);
    }

    @Test
    void noMoreThanSoManyWritesAreUnderWayAndNoneIsLargerThanItsBound() {
        add(0, 1_000);
        next();
        next();
        onLoop(() -> null);
        assertThat(writes)
                .hasSize(MOST_WRITES)
                .allSatisfy(write -> assertThat(write.items()).hasSize(MOST_ITEMS));

        end(writes.get(0));

        assertThat(next().items()).hasSize(MOST_ITEMS);
        assertThat(onLoop(writer::waiting)).isEqualTo(1_000 - 3 * MOST_ITEMS);
    }

    @Test
    void aRestEndsAndWhatGatheredIsWritten() {
        add(0, 20);
        end(next());
        List<Future<Integer>> answers = add(20, 5);
        Write second = next();

        end(second);
        assertThat(answers.stream().map(TestWaiting::await)).hasSize(5);
        assertThat(second.items()).containsExactly(20, 21, 22, 23, 24);
    }

    @Test
    void aWriteThatFailsFailsItsItemsAndTheNextGoes() {
        List<Future<Integer>> lost = add(0, 2);
        Write broken = next();
        onLoop(() -> {
            broken.done().fail("away");
            return null;
        });
        List<Future<Integer>> kept = add(2, 1);
        end(next());

        assertThat(lost).allSatisfy(answer -> assertThat(answer.failed()).isTrue());
        assertThat(TestWaiting.await(kept.get(0))).isEqualTo(-2);
    }

    /** What goes wrong on one lane would else leave the calls of all others of its group in flight for ever. */
    @Test
    void whoBreaksAtHisAnswerKeepsNobodyFromTheirs() {
        Future<Integer> behind = onLoop(() -> {
            writer.add(1).onSuccess(answer -> {
                throw new IllegalStateException("broken at its answer");
            });
            return writer.add(2);
        });

        end(next());

        assertThat(TestWaiting.await(behind)).isEqualTo(-2);
    }

    @Test
    void noWriteHasMoreRowsThanItsBoundButOfAnItemThatHasMoreByItself(Vertx vertx) {
        writer = onLoop(() -> new GroupWriter<>(vertx, MOST_ITEMS, MOST_WRITES, rows -> rows, 100, items -> {
            Write write = new Write(items, Promise.promise());
            writes.add(write);
            return write.done().future();
        }));
        onLoop(() -> IntStream.of(60, 30, 50, 500, 10).mapToObj(writer::add).toList());

        List<List<Integer>> written = new ArrayList<>();
        for (int write = 0; write < 4; write++) {
            Write one = next();
            written.add(one.items());
            end(one);
        }

        assertThat(written).containsExactly(List.of(60, 30), List.of(50), List.of(500), List.of(10));
    }

    /** The next write, once it has begun. */
    private Write next() {
        TestWaiting.until(TestWaiting.PATIENCE, () -> writes.size() > seen, () -> writes.size() + " writes");
        return writes.get(seen++);
    }

    private void end(Write write) {
        onLoop(() -> {
            write.end();
            return null;
        });
    }

    private List<Future<Integer>> add(int first, int count) {
        return onLoop(() -> {
            List<Future<Integer>> answers = new ArrayList<>();
            IntStream.range(first, first + count).forEach(item -> answers.add(writer.add(item)));
            return answers;
        });
    }

    private <T> T onLoop(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(there -> done.complete(work.get()));
        return TestWaiting.await(done.future());
    }
}
