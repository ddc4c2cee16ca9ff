package dev.sluice.engine.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes problem documents. A fault of ours is logged under the request id that the client sees; the client sees nothing else of it. */
public final class ProblemReply {
    /** Most entries of {@code errors}; {@code errorsOmitted} counts the rest. */
    public static final int MOST_FAULTS = 100;

    private static final int RETRY_SECONDS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReply.class);

    private ProblemReply() {}

    /** The failure handler of a router: every failed route ends here. */
    public static void ofFailure(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure == null) {
            send(context.response(), ofStatus(context.statusCode()));
        } else {
            send(context.response(), isDoubt(context.request().method(), failure) ? doubt(failure) : failure);
        }
    }

    /** Whether something may be changed although the database did not say so. */
    private static boolean isDoubt(HttpMethod method, Throwable failure) {
        return !method.equals(HttpMethod.GET)
                && StoreTrouble.unreachable(failure)
                && StoreTrouble.mayHaveCommitted(failure);
    }

    private static ProblemException doubt(Throwable failure) {
        LOG.warn("Nobody knows whether a change is stored: {}", failure.toString());
        return new ProblemException(
                ProblemType.OUTCOME_UNKNOWN,
                "The database did not say whether this was done. Look before you repeat it, or repeat it with the same Idempotency-Key.",
                RETRY_SECONDS);
    }

    /** For requests whose line or headers no parser understands; the connection ends with the answer, since nobody knows where the next request begins. */
    public static void ofUnreadable(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        send(
                request.response(),
                new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        "The request line or the headers are too long, or hold characters that do not belong there."));
    }

    /** Ends a request with the problem that a failure means. */
    public static void send(HttpServerResponse response, Throwable failure) {
        if (response.ended() || response.closed()) {
            return;
        }
        String requestId = UUID.randomUUID().toString();
        ProblemException problem = problemOf(failure, requestId);
        if (problem.retryAfterSeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
        }
        if (problem.type() == ProblemType.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.setStatusCode(problem.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(document(problem, requestId).toBuffer());
    }

    private static JsonObject document(ProblemException problem, String requestId) {
        JsonObject document = new JsonObject()
                .put("type", problem.type().uri())
                .put("title", problem.type().title())
                .put("status", problem.type().status())
                .put("detail", problem.getMessage())
                .put("requestId", requestId);
        if (!problem.faults().isEmpty()) {
            JsonArray errors = new JsonArray();
            problem.faults().stream()
                    .limit(MOST_FAULTS)
                    .forEach(fault -> errors.add(
                            new JsonObject().put("pointer", fault.pointer()).put("detail", fault.detail())));
            document.put("errors", errors);
            if (problem.faults().size() > MOST_FAULTS) {
                document.put("errorsOmitted", problem.faults().size() - MOST_FAULTS);
            }
        }
        return document;
    }

    private static ProblemException problemOf(Throwable failure, String requestId) {
        if (failure instanceof ProblemException problem) {
            return problem;
        }
        if (failure instanceof HttpException http && http.getStatusCode() < 500) {
            return ofStatus(http.getStatusCode());
        }
        if (StoreTrouble.unreachable(failure)) {
            LOG.warn("Request {} could not reach the database: {}", requestId, failure.toString());
            return new ProblemException(ProblemType.UNAVAILABLE, "The database cannot be used right now.", 2);
        }
        LOG.error("Request {} failed", requestId, failure);
        return new ProblemException(ProblemType.INTERNAL, "It is logged under this request id.");
    }

    private static ProblemException ofStatus(int status) {
        return switch (status) {
            case 404 -> ProblemException.notFound("address");
            case 413 -> new ProblemException(ProblemType.TOO_LARGE, "The body is larger than this address takes.");
            case 415, 406 -> new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
            default -> new ProblemException(ProblemType.MALFORMED_REQUEST, "The request cannot be read.");
        };
    }
}
