package dev.sluice.engine.scheduling.status;

import dev.sluice.engine.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Lane statuses in Redis, each gone by itself after ten seconds: a lane that nothing is said about has nothing to say. Thread-safe. */
public final class RedisLaneStatusBoard implements LaneStatusBoard {
    private static final String LIFE_MILLIS = "10000";
    /** Commands that follow each other over one connection: some 5 ms of the server, and as many as its pipe holds twice. */
    private static final int TOGETHER = 1_000;

    private final RedisCommands redis;

    /**
     * @param redis where it is kept
     */
    public RedisLaneStatusBoard(RedisCommands redis) {
        this.redis = redis;
    }

    @Override
    public Future<Map<Long, LaneStatus>> read(Collection<Long> channelIds) {
        List<Long> asked = List.copyOf(channelIds);
        List<Future<List<Response>>> answers = new ArrayList<>();
        for (int from = 0; from < asked.size(); from += TOGETHER) {
            answers.add(redis.sendAll(reads(asked.subList(from, Math.min(from + TOGETHER, asked.size())))));
        }
        return Future.all(answers)
                .map(all -> answers.stream()
                        .flatMap(answer -> answer.result().stream())
                        .filter(Objects::nonNull)
                        .map(said -> LaneStatus.ofJson(new JsonObject(said.toString())))
                        .collect(Collectors.toMap(LaneStatus::channelId, status -> status)));
    }

    private List<Request> reads(List<Long> channelIds) {
        return channelIds.stream()
                .map(channelId -> Request.cmd(Command.GET).arg(key(channelId)))
                .toList();
    }

    @Override
    public Future<Void> publish(Collection<LaneStatus> statuses) {
        List<Request> writes = new ArrayList<>(statuses.size());
        for (LaneStatus status : statuses) {
            writes.add(Request.cmd(Command.SET)
                    .arg(key(status.channelId()))
                    .arg(status.toJson().encode())
                    .arg("PX")
                    .arg(LIFE_MILLIS));
        }
        List<Future<List<Response>>> written = new ArrayList<>();
        for (int from = 0; from < writes.size(); from += TOGETHER) {
            written.add(redis.sendAll(writes.subList(from, Math.min(from + TOGETHER, writes.size()))));
        }
        return Future.all(written).mapEmpty();
    }

    private String key(long channelId) {
        return redis.key("lane:" + channelId);
    }
}
