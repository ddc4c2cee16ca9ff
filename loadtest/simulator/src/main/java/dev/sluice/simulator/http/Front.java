package dev.sluice.simulator.http;

import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.Faults;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Ledger;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.Limits;
import dev.sluice.simulator.token.Tokens;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Takes requests off the wire, lets scripted faults meet them, has the gateway judge them, writes them to the ledger and
 * answers. Everything happens on one event loop; a call is judged in one go, at the moment that the ledger shows.
 */
public final class Front implements Handler<HttpServerRequest> {
    /** More than any body that an API accepts; longer ones are refused unread. */
    private static final int BODY_BYTES = 1 << 20;

    private final Vertx vertx;
    private final PlatformClock clock;
    private final LimitSettings settings;
    private final Tokens tokens;
    private final Faults faults;
    private final Gateway gateway;
    private final Ledger ledger;
    private final ReplyWriter writer;
    private final CallDraft draft = new CallDraft();

    public Front(
            Vertx vertx,
            PlatformClock clock,
            LimitSettings settings,
            Tokens tokens,
            Faults faults,
            Gateway gateway,
            Ledger ledger) {
        this.vertx = vertx;
        this.clock = clock;
        this.settings = settings;
        this.tokens = tokens;
        this.faults = faults;
        this.gateway = gateway;
        this.ledger = ledger;
        this.writer = new ReplyWriter(vertx);
    }

    @Override
    public void handle(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() <= BODY_BYTES) {
                body.appendBuffer(part);
            } else {
                request.handler(null);
                request.response()
                        .setStatusCode(413)
                        .end()
                        .onComplete(done -> request.connection().close());
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                arrived(request, body);
            }
        });
    }

    private void arrived(HttpServerRequest request, Buffer body) {
        Call call = call(request, body);
        Faults.Meeting meeting =
                faults.isQuiet() ? Faults.Meeting.none() : faults.meet(gateway.callerKey(call), call.api(), body);
        if (meeting.delayBeforeMillis() > 0) {
            vertx.setTimer(meeting.delayBeforeMillis(), timer -> judge(request, call(request, body), meeting));
        } else {
            judge(request, call, meeting);
        }
    }

    private Call call(HttpServerRequest request, Buffer body) {
        String path = request.path();
        return new Call(
                Api.at(path),
                request.method().name(),
                path,
                request.query(),
                request.headers(),
                body,
                address(request),
                clock.nanos(),
                clock.wallMillis());
    }

    private String address(HttpServerRequest request) {
        Limits.Ip ip = settings.current().ip();
        String forwarded = ip.trustForwardedFor() ? request.getHeader("X-Forwarded-For") : null;
        return forwarded != null ? forwarded : request.remoteAddress().hostAddress();
    }

    private void judge(HttpServerRequest request, Call call, Faults.Meeting meeting) {
        draft.begin(call.api(), call.arrivalNanos(), call.wallMillis());
        draft.setAddress(call.address());
        meeting.effects().forEach(effect -> draft.setFault(effect.word()));
        boolean lost = meeting.has(Effect.RequestLost.class);
        if (lost || meeting.has(Effect.ResetBefore.class)) {
            draft.setUnprocessed();
            ledger.append(draft);
            if (!lost) {
                request.connection().close();
            }
            return;
        }
        Reply reply = reply(call, meeting);
        ledger.append(draft);
        if (meeting.delayAfterMillis() > 0) {
            vertx.setTimer(meeting.delayAfterMillis(), timer -> deliver(request, call, reply, meeting));
        } else {
            deliver(request, call, reply, meeting);
        }
    }

    private Reply reply(Call call, Faults.Meeting meeting) {
        if (meeting.has(Effect.RevokeToken.class)) {
            tokens.revoke(gateway.callerKey(call));
        }
        Effect.Answer answer = meeting.find(Effect.Answer.class);
        if (answer != null && !answer.acts()) {
            gateway.noteCaller(call, draft);
            draft.setOutcome("fault" + answer.status());
            return Reply.silence();
        }
        if (meeting.has(Effect.Throttle.class)) {
            gateway.noteCaller(call, draft);
            Reply reply = Refusal.appQps(call.api(), 0).reply(call.api().family());
            draft.setOutcome(reply.outcome());
            draft.setThrottled();
            return reply;
        }
        return gateway.answer(call, draft);
    }

    private void deliver(HttpServerRequest request, Call call, Reply reply, Faults.Meeting meeting) {
        if (request.response().closed()) {
            return;
        }
        Effect.Answer answer = meeting.find(Effect.Answer.class);
        Effect.SlowBody slow = meeting.find(Effect.SlowBody.class);
        if (meeting.has(Effect.ResetAfter.class)) {
            request.connection().close();
        } else if (meeting.has(Effect.ResponseLost.class)) {
            return;
        } else if (answer != null) {
            writer.write(request.response(), answer);
        } else if (reply.status() != 0) {
            writer.write(request.response(), call.api().family(), reply, slow);
        }
    }
}
