package dev.sluice.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class, RedisExtension.class})
class SlotsInLineTest {
    private static final SlotRequest ONE = new SlotRequest(new SlotGate("ip:default", "calls", 1, 50, false), 1, 1);
    private static final SlotRequest OF_APP = new SlotRequest(new SlotGate("app:12", "qps:send", 1, 50, false), 1, 1);

    @Test
    void questionsAtASharedGateAreGrantedInTheOrderInWhichTheyWereAsked(
            Vertx vertx, TestRedis redis, TestDatabase database) {
        RedisSlotGates gates = new SlotRig(vertx, redis, database).gates();
        SlotRig.open(gates, ONE);
        GateLines lines = lines(vertx);
        SlotsInLine inLine = new SlotsInLine(vertx, gates, lines, PriorityClass.BULK);

        List<Integer> granted = new ArrayList<>();
        Promise<Void> all = Promise.promise();
        vertx.runOnContext(start -> Future.all(IntStream.range(0, 20)
                        .mapToObj(number -> inLine.take("call " + number, List.of(ONE))
                                .map(answer -> {
                                    granted.add(number);
                                    inLine.settle(((SlotAnswer.Granted) answer).permit(), 0);
                                    return answer;
                                }))
                        .toList())
                .<Void>mapEmpty()
                .onComplete(all));
        SlotRig.now(all.future());

        assertThat(granted).isEqualTo(IntStream.range(0, 20).boxed().toList());
        SlotRig.waitFor(() -> lines.waiting() == 0);
    }

    @Test
    void aRefusalByAGateOfOneAppIsAnsweredAtOnce(Vertx vertx, TestRedis redis, TestDatabase database) {
        RedisSlotGates gates = new SlotRig(vertx, redis, database).gates();
        SlotRig.open(gates, OF_APP);
        GateLines lines = lines(vertx);
        SlotsInLine inLine = new SlotsInLine(vertx, gates, lines, PriorityClass.BULK);

        assertThat(SlotRig.now(inLine.take("first", List.of(OF_APP)))).isInstanceOf(SlotAnswer.Granted.class);
        assertThat(SlotRig.now(inLine.take("second", List.of(OF_APP)))).isInstanceOf(SlotAnswer.NotBefore.class);
        assertThat(lines.waiting()).isZero();
    }

    private static GateLines lines(Vertx vertx) {
        return new GateLines(GateLines.Clockwork.of(vertx, EngineClock.system()));
    }
}
