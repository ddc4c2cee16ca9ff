package dev.sluice.engine.sending;

import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.Redaction;
import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.channel.TokenProtocol.TokenReply;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Asks platforms for access tokens, within the limits that count every call: a node that starts with thousands of apps asks for as many tokens, and behind one
 * address these are calls like any other. They are in no ledger, since they are not metered, so a limiter that lost its state does not know those of the last window.
 * Thread-safe.
 */
public final class TokenCalls {
    /** Questions at the gates for one token: half gives up a token that waits behind a busy address, double keeps those who wait for it as long again. */
    private static final int MOST_QUESTIONS = 30;

    private final Vertx vertx;
    private final PlatformClient client;
    private final Map<ApiFamily, TokenProtocol> protocols;
    private final SlotGates slots;
    private final EngineClock clock;
    private final long grantAgeMillis;

    /**
     * @param client makes the calls
     * @param protocols how each family's token is asked for
     * @param slots the limits
     * @param timing the oldest grant on which a call may leave
     * @param clock its monotonic time
     */
    public TokenCalls(
            Vertx vertx,
            PlatformClient client,
            Map<ApiFamily, TokenProtocol> protocols,
            SlotGates slots,
            SlotTiming timing,
            EngineClock clock) {
        this.vertx = vertx;
        this.client = client;
        this.protocols = Map.copyOf(protocols);
        this.slots = slots;
        this.clock = clock;
        this.grantAgeMillis = timing.grantAgeMillis();
    }

    /** A token, or why there is none. Never fails. */
    Future<TokenReply> ask(AppEntry app, ApiFamily family) {
        TokenProtocol protocol = protocols.get(family);
        List<SlotRequest> requests = protocol.gates(app).stream()
                .map(gate -> new SlotRequest(gate, 1, gate.capacity()))
                .toList();
        Future<TokenReply> reply = requests.isEmpty()
                ? client.call(request(protocol, app)).map(result -> read(protocol, result))
                : askWithin(requests, app, protocol, 1);
        return reply.otherwise(
                broken -> new TokenReply.Failed("the token's answer could not be read: " + broken.getClass()));
    }

    private Future<TokenReply> askWithin(
            List<SlotRequest> requests, AppEntry app, TokenProtocol protocol, int question) {
        return slots.take(UUID.randomUUID().toString(), requests).compose(answer -> switch (answer) {
            case SlotAnswer.Granted granted -> call(granted.permit(), app, protocol);
            case SlotAnswer.NotBefore later ->
                again(requests, app, protocol, question, later.gate().label(), later.askAgainMillis());
            case SlotAnswer.Unavailable unavailable -> {
                if (unavailable.lost()) {
                    slots.warm(gates(requests));
                }
                yield again(requests, app, protocol, question, unavailable.reason(), unavailable.waitMillis());
            }
        });
    }

    private Future<TokenReply> again(
            List<SlotRequest> requests,
            AppEntry app,
            TokenProtocol protocol,
            int question,
            String reason,
            long waitMillis) {
        if (question == MOST_QUESTIONS) {
            return Future.succeededFuture(new TokenReply.Failed("no call is left for it: " + reason));
        }
        return vertx.timer(waitMillis, TimeUnit.MILLISECONDS)
                .compose(waited -> askWithin(requests, app, protocol, question + 1));
    }

    private Future<TokenReply> call(SlotPermit permit, AppEntry app, TokenProtocol protocol) {
        long waitMillis = Math.max(1, permit.waitMillis(clock.nanoTime()));
        return vertx.timer(waitMillis, TimeUnit.MILLISECONDS)
                .compose(due -> client.call(request(protocol, app), () -> objection(permit)))
                .map(result -> {
                    giveBack(permit, result);
                    return read(protocol, result);
                });
    }

    private static PlatformRequest request(TokenProtocol protocol, AppEntry app) {
        return protocol.request(app).hiding(Redaction.of(app.secrets().values()));
    }

    private String objection(SlotPermit permit) {
        return permit.olderThan(grantAgeMillis, clock.nanoTime()) ? CallFence.OLD_GRANT : "";
    }

    /** No answer leaves the slots held until the request surely is over. */
    private void giveBack(SlotPermit permit, PlatformResult result) {
        switch (result) {
            case PlatformResult.Replied replied -> slots.settle(permit, 0);
            case PlatformResult.NotSent notSent -> slots.release(permit);
            case PlatformResult.NoAnswer noAnswer -> {}
        }
    }

    private static List<SlotGate> gates(List<SlotRequest> requests) {
        return requests.stream().map(SlotRequest::gate).toList();
    }

    private static TokenReply read(TokenProtocol protocol, PlatformResult result) {
        return switch (result) {
            case PlatformResult.Replied replied -> protocol.read(replied.reply());
            case PlatformResult.NotSent notSent -> new TokenReply.Failed(notSent.reason());
            case PlatformResult.NoAnswer noAnswer -> new TokenReply.Failed(noAnswer.reason());
        };
    }
}
