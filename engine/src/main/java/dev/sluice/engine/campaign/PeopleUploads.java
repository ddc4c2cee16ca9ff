package dev.sluice.engine.campaign;

import dev.sluice.engine.auth.ApiKeys;
import dev.sluice.engine.auth.Principal;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.TenantShares;
import dev.sluice.engine.request.EnvelopeDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.sqlclient.SqlClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs uploads, each on a virtual thread of its own, and no more than so many at a time: of one tenant fewer than of all, so that whoever drips leaves places for
 * the others, and where several do, the slow ones make room. One event loop calls it.
 */
public final class PeopleUploads {
    private static final int RETRY_SECONDS = 10;
    /** As often as the key of other requests is looked up. */
    private static final long CHECK_KEY_MILLIS = ApiKeys.REMEMBERED_MILLIS;

    private static final Logger LOG = LoggerFactory.getLogger(PeopleUploads.class);

    private final Vertx vertx;
    private final ApiKeys keys;
    private final CampaignStore store;
    private final EnvelopeDecoder envelopes;
    private final TenantShares places;
    private final long stallMillis;
    private final Watch watch;
    /** Whether somebody found all places taken, and none has become free since. */
    private volatile boolean placeWanted;

    /**
     * @param keys say whether an upload's key still holds
     * @param sql where people are stored
     * @param envelopes says what a recipient may look like
     * @param places uploads at a time; more are refused with 503, more of one tenant with 429
     * @param stallMillis waiting for bytes of an upload that brings next to nothing, or little while somebody finds no place; more ends it
     * @param watch told what happens, on any thread
     */
    public PeopleUploads(
            Vertx vertx,
            ApiKeys keys,
            SqlClient sql,
            EnvelopeDecoder envelopes,
            TenantShares places,
            long stallMillis,
            Watch watch) {
        this.stallMillis = stallMillis;
        this.envelopes = envelopes;
        this.vertx = vertx;
        this.keys = keys;
        this.store = new CampaignStore(sql);
        this.places = places;
        this.watch = watch;
    }

    /**
     * Stores a request's body as people.
     *
     * @param opening makes the source of rows, on the upload's thread
     * @param campaignId asked once the source is open
     * @param caller who sends it; when its key does not hold any more, the upload ends
     * @param rowsBefore rows of the whole file before the first one of this body
     */
    Future<UploadProgress> store(
            HttpServerRequest request, Opening opening, Principal caller, LongSupplier campaignId, int rowsBefore) {
        return run(request, caller, bytes -> {
            try (PeopleSource source = opening.open(bytes)) {
                return new PeopleUpload(store, envelopes, caller.tenantId(), campaignId.getAsLong(), watch::stored)
                        .store(source, rowsBefore);
            }
        });
    }

    /** Gives a request's body to a task that may block. */
    private <T> Future<T> run(HttpServerRequest request, Principal caller, Task<T> task) {
        switch (places.take(caller.tenantId(), 1)) {
            case FULL -> {
                placeWanted = true;
                return refuse(ProblemType.UNAVAILABLE, "This node reads as many people files as it can.");
            }
            case TENANT_FULL -> {
                return refuse(
                        ProblemType.TOO_MANY_REQUESTS, "This tenant's share of the places for people files is taken.");
            }
            case FREE -> watch.running(1);
        }
        Context loop = vertx.getOrCreateContext();
        BoundedPipe pipe = new BoundedPipe(request, loop, stallMillis, () -> placeWanted);
        long checks = vertx.setPeriodic(CHECK_KEY_MILLIS, check -> endWithoutKey(caller, pipe));
        Promise<T> done = Promise.promise();
        Thread.ofVirtual().name("people-upload").start(() -> {
            try {
                T result = task.run(pipe);
                loop.runOnContext(onLoop -> done.complete(result));
            } catch (BrokenUpload broken) {
                ProblemException problem = new ProblemException(broken.type(), broken.getMessage());
                loop.runOnContext(onLoop -> done.fail(problem));
            } catch (IOException | RuntimeException failure) {
                loop.runOnContext(onLoop -> done.fail(failure));
            } finally {
                pipe.drain();
            }
        });
        return done.future().onComplete(ended -> {
            vertx.cancelTimer(checks);
            places.giveBack(caller.tenantId(), 1);
            placeWanted = false;
            watch.running(-1);
        });
    }

    /** A database that does not answer is no reason: it takes no rows either. */
    private void endWithoutKey(Principal caller, BoundedPipe pipe) {
        keys.holds(caller)
                .onSuccess(holds -> {
                    if (!holds) {
                        pipe.end(BrokenUpload.refused("The key is not in force any more."));
                    }
                })
                .onFailure(silent -> LOG.debug("The key of an upload could not be looked up: {}", silent.toString()));
    }

    private <T> Future<T> refuse(ProblemType type, String detail) {
        watch.refused(type);
        return Future.failedFuture(new ProblemException(type, detail, RETRY_SECONDS));
    }

    /** Hears what uploads do, on any thread. */
    public interface Watch {
        /** So many more uploads run, or fewer by a negative number. */
        void running(int more);

        /** An upload found no place. */
        void refused(ProblemType type);

        /** So many rows became durable. */
        void stored(int rows);
    }

    /** Makes a source of rows out of bytes. */
    interface Opening {
        PeopleSource open(InputStream bytes) throws IOException;
    }

    /** Something that reads bytes and may block. */
    private interface Task<T> {
        T run(InputStream bytes) throws IOException;
    }
}
