package dev.sluice.engine.scheduling;

import dev.sluice.engine.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lane statuses in Redis, each gone by itself after ten seconds: a lane that nothing is said about has nothing to say. Thread-safe. */
public final class RedisLaneStatusBoard implements LaneStatusBoard {
    private static final String LIFE_MILLIS = "10000";

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
        List<Future<Response>> answers = new ArrayList<>(asked.size());
        for (long channelId : asked) {
            answers.add(redis.send(Request.cmd(Command.GET).arg(key(channelId))));
        }
        return Future.all(answers).map(all -> {
            Map<Long, LaneStatus> statuses = new HashMap<>();
            for (int i = 0; i < asked.size(); i++) {
                Response response = all.resultAt(i);
                if (response != null) {
                    statuses.put(asked.get(i), LaneStatus.ofJson(new JsonObject(response.toString())));
                }
            }
            return statuses;
        });
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
        return redis.sendAll(writes).mapEmpty();
    }

    private String key(long channelId) {
        return redis.key("lane:" + channelId);
    }
}
