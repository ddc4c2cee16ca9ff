package dev.sluice.engine.ingestion;

import dev.sluice.engine.auth.ApiKeys;
import dev.sluice.engine.auth.KeyScope;
import dev.sluice.engine.auth.Principal;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.http.BodyReader;
import dev.sluice.engine.http.ClientAddress;
import dev.sluice.engine.http.Fault;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemReply;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.http.StrictJson;
import dev.sluice.engine.http.TenantPermits;
import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.request.Envelope;
import dev.sluice.engine.request.EnvelopeDecoder;
import dev.sluice.engine.request.Forecast;
import dev.sluice.engine.request.IdempotencyKey;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code POST /v1/messages}, the hot path: authenticate, read, decode, commit, answer. One event loop. */
final class SendRoute {
    private final ApiKeys keys;
    private final BodyReader bodies;
    private final SendDecoder decoder;
    private final EnvelopeDecoder envelopes;
    private final GroupCommit commits;
    private final SubmissionStore store;
    private final TenantPermits permits;
    private final IdSequence ids;
    private final EngineClock clock;
    private final IdempotencyKeys inFlight = new IdempotencyKeys();

    SendRoute(
            ApiKeys keys,
            BodyReader bodies,
            SendDecoder decoder,
            EnvelopeDecoder envelopes,
            GroupCommit commits,
            SubmissionStore store,
            TenantPermits permits,
            IdSequence ids,
            EngineClock clock) {
        this.keys = keys;
        this.bodies = bodies;
        this.decoder = decoder;
        this.envelopes = envelopes;
        this.commits = commits;
        this.store = store;
        this.permits = permits;
        this.ids = ids;
        this.clock = clock;
    }

    void serve(HttpServerRequest request) {
        Future<Principal> known = keys.authenticate(
                request.getHeader(HttpHeaders.AUTHORIZATION), ClientAddress.of(request.remoteAddress()), KeyScope.SEND);
        // Of strangers nothing is held. A key that is remembered is known at once.
        if (!known.isComplete()) {
            request.pause();
        }
        known.compose(caller -> {
                    Future<Void> answered =
                            bodies.with(request, caller.tenantId(), body -> send(request, caller, body));
                    request.resume();
                    return answered;
                })
                .onFailure(failure -> {
                    request.resume();
                    ProblemReply.send(request.response(), failure);
                });
    }

    private Future<Void> send(HttpServerRequest request, Principal caller, Buffer body) {
        refuseParameters(request);
        String key = IdempotencyKey.checked(request.getHeader(IdempotencyKey.HEADER));
        if (key == null) {
            return decoded(caller, body).compose(asked -> answer(request, caller, asked, null, null));
        }
        UUID hash = ContentHash.of(body.getBytes());
        inFlight.take(caller.tenantId(), key);
        return decoded(caller, body)
                .recover(fault -> replayOr(fault, request, caller, key, hash))
                .compose(asked -> asked == null ? Future.succeededFuture() : answer(request, caller, asked, key, hash))
                .eventually(() -> {
                    inFlight.release(caller.tenantId(), key);
                    return Future.succeededFuture();
                });
    }

    /** All that a message says stands in its body: whoever asks for a dry run in the address must not send. Names as they were written, which may be no text. */
    private static void refuseParameters(HttpServerRequest request) {
        if (request.query() != null && !request.query().isEmpty()) {
            List<Fault> faults = Stream.of(request.query().split("&", -1))
                    .map(parameter -> new Fault(
                            "query:" + parameter.split("=", 2)[0],
                            "There is no such parameter; a message has all in its body."))
                    .toList();
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "This address takes no parameters.",
                    faults,
                    ProblemException.NO_RETRY);
        }
    }

    /** Whatever is wrong with it, be it with us: who has taken a key for it gives that back. */
    private Future<SendRequest> decoded(Principal caller, Buffer body) {
        try {
            SendRequest asked = decoder.decode(StrictJson.object(body), caller.tenantId());
            refuseHopeless(asked);
            return Future.succeededFuture(asked);
        } catch (RuntimeException fault) {
            return Future.failedFuture(fault);
        }
    }

    /** A request that was right once may look wrong now, its deliverBy being near or over: what counts is that it was accepted. Null when it has been answered. */
    private Future<SendRequest> replayOr(
            Throwable fault, HttpServerRequest request, Principal caller, String key, UUID hash) {
        return permits.with(caller.tenantId(), () -> store.find(caller.tenantId(), key, hash))
                .compose(found -> {
                    if (found.isEmpty()) {
                        return Future.failedFuture(fault);
                    }
                    return tell(request, found.get()).map(told -> null);
                });
    }

    private Future<Void> answer(HttpServerRequest request, Principal caller, SendRequest asked, String key, UUID hash) {
        if (asked.dryRun()) {
            JsonObject document = new JsonObject()
                    .put("dryRun", true)
                    .put("recipients", asked.total())
                    .put("duplicates", asked.duplicateCount())
                    .put("contentHash", asked.envelope().contentHash().toString())
                    .put("forecast", forecast(asked).toJson());
            return reply(request, 200, document);
        }
        return commits.accept(new NewSubmission(caller.tenantId(), ids.next(), asked, key, hash))
                .compose(acceptance -> tell(request, acceptance));
    }

    private Forecast forecast(SendRequest asked) {
        Envelope envelope = asked.envelope();
        ChannelAdapter adapter = envelopes.adapter(envelope.channel());
        return Forecast.of(
                adapter,
                envelope.channel(),
                adapter.mostPeople(envelope.content()),
                asked.total() - asked.duplicateCount());
    }

    /** A promise that no limit lets anybody keep is not made. */
    private void refuseHopeless(SendRequest asked) {
        Envelope envelope = asked.envelope();
        if (envelope.deliverBy() != null) {
            forecast(asked)
                    .hopeless(clock.now(), envelope.notBefore(), envelope.deliverBy())
                    .ifPresent(why -> {
                        throw ProblemException.invalid("/deliverBy", why);
                    });
        }
    }

    private static Future<Void> tell(HttpServerRequest request, Acceptance acceptance) {
        return switch (acceptance) {
            case Acceptance.Accepted accepted -> {
                if (accepted.replayed()) {
                    request.response().putHeader(IdempotencyKey.REPLAYED, "true");
                }
                yield reply(request, 202, document(accepted));
            }
            case Acceptance.OtherBody other ->
                Future.failedFuture(new ProblemException(ProblemType.IDEMPOTENCY_MISMATCH, IdempotencyKey.OTHER_BODY));
        };
    }

    private static JsonObject document(Acceptance.Accepted accepted) {
        String id = PublicId.message(accepted.submissionId());
        String self = "/v1/messages/" + id;
        return new JsonObject()
                .put("id", id)
                .put("acceptedAt", IdSequence.instantOf(accepted.submissionId()).toString())
                .put("recipients", accepted.total())
                .put("duplicates", accepted.duplicates())
                .put(
                        "links",
                        new JsonObject()
                                .put("self", self)
                                .put("deliveries", self + "/deliveries")
                                .put("cancel", self + "/cancel"));
    }

    private static Future<Void> reply(HttpServerRequest request, int status, JsonObject document) {
        return request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(document.toBuffer());
    }
}
