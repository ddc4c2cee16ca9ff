package dev.sluice.engine.sending;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.quota.SlotPermit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The sender verticles of this process, taken in turn. Bounded by its callers, who hold a place for each call in flight. Thread-safe; results come back on the
 * caller's context.
 */
public final class SenderPool implements SendPort {
    private record Member(Context context, SenderVerticle sender) {}

    private final Vertx vertx;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** An empty pool; senders join when they start. */
    public SenderPool(Vertx vertx) {
        this.vertx = vertx;
    }

    void join(Context context, SenderVerticle sender) {
        members.add(new Member(context, sender));
    }

    void leave(SenderVerticle sender) {
        members.removeIf(member -> member.sender() == sender);
    }

    @Override
    public Future<CallOutcome> send(CallPlan plan, Optional<SlotPermit> permit) {
        return onSender(
                sender -> sender.send(plan, permit), new CallOutcome.NotSent("this node's senders have stopped"));
    }

    @Override
    public Future<ReceiptResult> query(ChannelEntry channel, String platformRef, Optional<SlotPermit> permit) {
        return onSender(
                sender -> sender.query(channel, platformRef, permit),
                new ReceiptResult.Failed(new CallOutcome.NotSent("this node's senders have stopped")));
    }

    private <R> Future<R> onSender(Function<SenderVerticle, Future<R>> call, R noSender) {
        Object[] now = members.toArray();
        if (now.length == 0) {
            return Future.succeededFuture(noSender);
        }
        Member member = (Member) now[Math.floorMod(turn.getAndIncrement(), now.length)];
        Context caller = vertx.getOrCreateContext();
        Promise<R> result = Promise.promise();
        member.context()
                .runOnContext(there -> call.apply(member.sender())
                        .onComplete(ended -> caller.runOnContext(back -> result.handle(ended))));
        return result.future();
    }
}
