package dev.sluice.engine.sending;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.channel.Redaction;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the calls of its event loop: token, request, check right before the write, answer, meaning. Holds no rules of its own: adapters write and read, the
 * fence decides. Calls are given to it on its own context, by the {@link SenderPool}.
 */
public final class SenderVerticle extends VerticleBase {
    private final Channels channels;
    private final TokenCache tokens;
    private final PlatformAddresses addresses;
    private final PlatformClientOptions options;
    private final CallFence fence;
    private final EngineClock clock;
    private final SenderPool pool;
    private PlatformClient client;

    public SenderVerticle(
            Channels channels,
            TokenCache tokens,
            PlatformAddresses addresses,
            PlatformClientOptions options,
            CallFence fence,
            EngineClock clock,
            SenderPool pool) {
        this.channels = channels;
        this.tokens = tokens;
        this.addresses = addresses;
        this.options = options;
        this.fence = fence;
        this.clock = clock;
        this.pool = pool;
    }

    @Override
    public Future<?> start() {
        client = new PlatformClient(vertx, addresses, options, clock);
        pool.join(context, this);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        pool.leave(this);
        return client.close();
    }

    Future<CallOutcome> send(CallPlan plan, Optional<SlotPermit> permit) {
        ChannelAdapter adapter = channels.adapter(plan.channel().kind());
        return untilDue(permit)
                .compose(due -> withToken(
                        plan.channel(),
                        adapter,
                        () -> fence.objection(permit),
                        token -> adapter.request(plan, token, clock.millis()),
                        reply -> adapter.read(reply, plan),
                        outcome -> outcome));
    }

    Future<ReceiptResult> query(ChannelEntry channel, String platformRef, Optional<SlotPermit> permit) {
        ChannelAdapter adapter = channels.adapter(channel.kind());
        ReceiptProtocol protocol = adapter.receipts().orElse(null);
        if (protocol == null) {
            return Future.succeededFuture(
                    new ReceiptResult.Gone(new PlatformCode("", "this kind of channel has no receipts")));
        }
        return untilDue(permit)
                .compose(due -> withToken(
                        channel,
                        adapter,
                        () -> fence.objection(permit),
                        token -> protocol.request(channel, platformRef, token),
                        protocol::read,
                        ReceiptResult.Failed::new));
    }

    /** Until the slots are surely free: at most {@link SlotTiming#LEAD_MILLIS} and a little. */
    private Future<?> untilDue(Optional<SlotPermit> permit) {
        long waitMillis = permit.map(one -> one.waitMillis(clock.nanoTime())).orElse(0L);
        return waitMillis == 0 ? Future.succeededFuture() : vertx.timer(waitMillis, TimeUnit.MILLISECONDS);
    }

    private <R> Future<R> withToken(
            ChannelEntry channel,
            ChannelAdapter adapter,
            BeforeWrite beforeWrite,
            Function<String, PlatformRequest> write,
            Function<PlatformReply, R> read,
            Function<CallOutcome, R> trouble) {
        if (!adapter.needsToken()) {
            Redaction redaction = Redaction.of(channel.app().secrets().values());
            return exchange(() -> write.apply("").hiding(redaction), beforeWrite, read, trouble);
        }
        return tokens.token(channel.app(), adapter.family()).compose(answer -> switch (answer) {
            case TokenAnswer.Token token ->
                exchange(() -> write.apply(token.value()).hiding(token.redaction()), beforeWrite, read, trouble)
                        .onSuccess(result -> forgetRefused(channel, adapter, token.value(), result));
            case TokenAnswer.Refused refused ->
                Future.succeededFuture(trouble.apply(noToken(OutcomePolicy.pauseReason(refused.outcome()))));
            case TokenAnswer.Unavailable unavailable ->
                Future.succeededFuture(trouble.apply(noToken(unavailable.reason())));
        });
    }

    /** Not a call that the platform refused: nothing left, so nothing is booked. */
    private static CallOutcome noToken(String reason) {
        return new CallOutcome.NotSent(CallFence.NO_TOKEN + reason);
    }

    private <R> void forgetRefused(ChannelEntry channel, ChannelAdapter adapter, String token, R result) {
        boolean refused = result instanceof CallOutcome.TokenRejected
                || (result instanceof ReceiptResult.Failed failed
                        && failed.outcome() instanceof CallOutcome.TokenRejected);
        if (refused) {
            tokens.invalidate(channel.app(), adapter.family(), token);
        }
    }

    private <R> Future<R> exchange(
            Supplier<PlatformRequest> write,
            BeforeWrite beforeWrite,
            Function<PlatformReply, R> read,
            Function<CallOutcome, R> trouble) {
        PlatformRequest request;
        try {
            request = write.get();
        } catch (RuntimeException broken) {
            return Future.succeededFuture(
                    trouble.apply(new CallOutcome.NotSent("the request could not be written: " + broken)));
        }
        return client.call(request, beforeWrite)
                .map(result -> switch (result) {
                    case PlatformResult.Replied replied -> read.apply(replied.reply());
                    case PlatformResult.NotSent notSent -> trouble.apply(new CallOutcome.NotSent(notSent.reason()));
                    case PlatformResult.NoAnswer noAnswer -> trouble.apply(new CallOutcome.Unknown(noAnswer.reason()));
                })
                .otherwise(broken -> trouble.apply(new CallOutcome.Unknown("the answer could not be read: " + broken)));
    }
}
