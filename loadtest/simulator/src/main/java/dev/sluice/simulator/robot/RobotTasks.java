package dev.sluice.simulator.robot;

import dev.sluice.simulator.ledger.CallDraft;
import java.util.LinkedHashMap;
import java.util.Map;

/** The latest batches by processQueryKey; the oldest is forgotten when the bound is reached. Not thread-safe. */
final class RobotTasks {
    private final Map<String, RobotTask> tasks = new LinkedHashMap<>();
    private long sent;

    RobotTask add(String robotCode, CallDraft draft, int tasksKept) {
        while (!tasks.isEmpty() && tasks.size() >= tasksKept) {
            tasks.remove(tasks.keySet().iterator().next());
        }
        RobotTask task = new RobotTask("sim+pqk/" + Long.toString(++sent, 36) + "==", robotCode, draft);
        tasks.put(task.key(), task);
        return task;
    }

    /** The batch, or null. */
    RobotTask find(String key) {
        return tasks.get(key);
    }

    void clear() {
        tasks.clear();
    }
}
