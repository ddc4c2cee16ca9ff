package dev.sluice.engine.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A pooled client that sends the commands of one turn of an event loop through one connection, one behind the other, so that thousands of lanes which ask at once do
 * not queue for connections. Each command has its own answer, on the context that sent it, and no connection is held beyond its answers. Thread-safe.
 */
final class TurnRedis implements Redis {
    /** Commands that follow each other: some 4 ms of the server if they are scripts. */
    private static final int MOST_TOGETHER = 64;

    /** How it begins, or, of a script, what is in it. */
    private static final String REFUSAL_OF_REPLICA = "READONLY ";

    private record Waiting(Request request, Promise<Response> answer) {}

    private final Redis pooled;
    private final ConcurrentMap<Context, List<Waiting>> turns = new ConcurrentHashMap<>();

    TurnRedis(Redis pooled) {
        this.pooled = pooled;
    }

    @Override
    public Future<Response> send(Request request) {
        Context context = Vertx.currentContext();
        if (context == null) {
            return pooled.send(request);
        }
        // Of the context: a time limit set on a future that belongs to none runs out on a thread that is nobody's.
        Promise<Response> answer = ((ContextInternal) context).promise();
        turns.compute(context, (here, waiting) -> {
            List<Waiting> gathered = waiting;
            if (gathered == null) {
                gathered = new ArrayList<>();
                context.runOnContext(endOfTurn -> sendAll(turns.remove(context)));
            }
            gathered.add(new Waiting(request, answer));
            return gathered;
        });
        return answer.future();
    }

    private void sendAll(List<Waiting> gathered) {
        for (int from = 0; from < gathered.size(); from += MOST_TOGETHER) {
            List<Waiting> together = gathered.subList(from, Math.min(from + MOST_TOGETHER, gathered.size()));
            pooled.connect().onComplete(connected -> sendThrough(connected, together));
        }
    }

    private static void sendThrough(AsyncResult<RedisConnection> connected, List<Waiting> together) {
        if (connected.failed()) {
            together.forEach(one -> one.answer().fail(connected.cause()));
            return;
        }
        RedisConnection connection = connected.result();
        List<Future<Response>> answers = new ArrayList<>(together.size());
        for (Waiting one : together) {
            answers.add(connection.send(one.request()).onComplete(one.answer()));
        }
        Future.join(answers).onComplete(answered -> end(connection, answers));
    }

    /** A connection to a server that became a replica is not used again: the address may lead to the primary by now. Others go back to the pool. */
    private static void end(RedisConnection connection, List<? extends Future<?>> answers) {
        if (answers.stream().anyMatch(TurnRedis::isRefusedByReplica)) {
            connection.send(Request.cmd(Command.QUIT)).onComplete(gone -> connection.close());
        } else {
            connection.close();
        }
    }

    private static boolean isRefusedByReplica(Future<?> answer) {
        return answer.failed() && String.valueOf(answer.cause().getMessage()).contains(REFUSAL_OF_REPLICA);
    }

    @Override
    public Future<RedisConnection> connect() {
        return pooled.connect();
    }

    @Override
    public Future<List<Response>> batch(List<Request> commands) {
        return pooled.connect().compose(connection -> {
            Future<List<Response>> answers = connection.batch(commands);
            return answers.onComplete(answered -> end(connection, List.of(answers)));
        });
    }

    @Override
    public Future<Void> close() {
        return pooled.close();
    }
}
