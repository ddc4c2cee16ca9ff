package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.arrivals.ArrivalTimes;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.Scenario;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends the loads that have a rate, open loop: each request leaves at its time whether or not the ones before were answered, and its latency counts from that
 * time. Ends when every request has ended.
 */
public final class LoadDriver extends VerticleBase {
    private static final long TICK_MILLIS = 1;
    /** What is overdue after a stall leaves in portions, so that answers are read in between. */
    private static final int MOST_PER_TICK = 500;

    private record Stream(ArrivalTimes times, RequestSource source) {}

    /** A request that was accepted, and the id that it was given. */
    private record Taken(Outgoing request, String id) {}

    private final List<Stream> streams = new ArrayList<>();
    private final List<URI> nodes;
    private final int attempts;
    private final long startNanos;
    private final ClientLog log;
    private final int mostRepeats;
    private final SplittableRandom chance;
    /** Some of those that were accepted, each as likely as any other. */
    private final List<Taken> taken = new ArrayList<>();

    private long accepted;
    private final Promise<Void> done = Promise.promise();
    private SendClient client;
    private long ticker;
    private long underWay;

    /**
     * @param run makes idempotency keys and contents unique
     * @param nodes base addresses of the send API
     * @param attempts of one request
     * @param startNanos when the load begins, on the clock of {@link System#nanoTime()}
     * @param mostRepeats so many requests that were accepted are sent again when all are over: the answer is to be the same
     */
    public LoadDriver(
            Scenario scenario,
            String run,
            List<LoadTenant> tenants,
            List<URI> nodes,
            int attempts,
            long startNanos,
            ClientLog log,
            int mostRepeats) {
        this.mostRepeats = mostRepeats;
        this.chance = new SplittableRandom(scenario.seed());
        this.nodes = nodes;
        this.attempts = attempts;
        this.startNanos = startNanos;
        this.log = log;
        SplittableRandom random = new SplittableRandom(scenario.seed());
        for (int i = 0; i < scenario.load().size(); i++) {
            Load load = scenario.load().get(i);
            SplittableRandom own = random.split();
            if (load.kind().hasRate()) {
                List<LoadTenant> senders = tenants.stream()
                        .filter(tenant -> tenant.group().name().equals(load.tenants()))
                        .toList();
                streams.add(new Stream(
                        new ArrivalTimes(load.timing(), own.split()),
                        new RequestSource(i + 1, load, run, senders, scenario.sharesContents(load), own)));
            }
        }
    }

    @Override
    public Future<?> start() {
        client = new SendClient(vertx, nodes, attempts);
        ticker = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
        return Future.succeededFuture();
    }

    /**
     * Waits until all loads are over and everything was answered; what is not in time is given up: it ends without an answer, and is not asked again. On a plain
     * thread.
     *
     * @return whether everything was answered in time
     */
    public boolean await(Duration limit) {
        boolean inTime = Patience.until(limit, done.future()::isComplete);
        if (!inTime) {
            giveUp();
        }
        Patience.await(done.future());
        return inTime;
    }

    private void giveUp() {
        context.runOnContext(now -> client.giveUp());
    }

    private void tick() {
        long nowNanos = System.nanoTime() - startNanos;
        boolean more = false;
        for (Stream stream : streams) {
            int launched = 0;
            for (;
                    stream.times().nextNanos() <= nowNanos && launched < MOST_PER_TICK;
                    stream.times().advance()) {
                launch(stream.source().next(), startNanos + stream.times().nextNanos());
                launched++;
            }
            more |= stream.times().nextNanos() != Long.MAX_VALUE;
        }
        if (!more && underWay == 0) {
            vertx.cancelTimer(ticker);
            repeatSome();
        }
    }

    /** As a client does whose answer was lost on the way. */
    private void repeatSome() {
        Future.join(taken.stream().map(this::repeat).toList()).onComplete(all -> done.tryComplete());
    }

    private Future<?> repeat(Taken one) {
        return client.repeat(one.request()).onSuccess(reply -> {
            if (reply.last()) {
                log.repeated(reply.id().equals(one.id()));
            }
        });
    }

    private void keep(Taken one) {
        long at = taken.size() < mostRepeats ? accepted : chance.nextLong(accepted + 1);
        accepted++;
        if (at < mostRepeats && at == taken.size()) {
            taken.add(one);
        } else if (at < mostRepeats) {
            taken.set((int) at, one);
        }
    }

    private void launch(Outgoing request, long dueNanos) {
        underWay++;
        log.offered(request.people());
        client.send(request).onSuccess(reply -> {
            underWay--;
            boolean isTaken = reply.answer() == Answer.ACCEPTED;
            if (isTaken) {
                keep(new Taken(request, reply.id()));
            }
            log.ended(
                    new Sent(
                            request.tenant(),
                            request.load(),
                            reply.id(),
                            request.people(),
                            request.contentHash(),
                            request.fingerprint(),
                            request.traceable() && isTaken,
                            dueNanos,
                            reply.answer()),
                    System.nanoTime() - dueNanos);
        });
    }

    @Override
    public Future<?> stop() {
        return client.close();
    }
}
