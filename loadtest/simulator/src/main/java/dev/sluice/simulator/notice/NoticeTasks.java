package dev.sluice.simulator.notice;

import dev.sluice.simulator.ledger.CallDraft;
import java.util.LinkedHashMap;
import java.util.Map;

/** The latest tasks by id; the oldest is forgotten when the bound is reached. Not thread-safe. */
final class NoticeTasks {
    private static final long FIRST_ID = 256_271_667_526L;

    private final Map<Long, NoticeTask> tasks = new LinkedHashMap<>();
    private long nextId = FIRST_ID;

    NoticeTask add(CallDraft draft, int recipientsKept, int tasksKept) {
        while (!tasks.isEmpty() && tasks.size() >= tasksKept) {
            tasks.remove(tasks.keySet().iterator().next());
        }
        NoticeTask task = new NoticeTask(nextId++, draft, recipientsKept);
        tasks.put(task.id(), task);
        return task;
    }

    /** The task, or null if it never was or is forgotten. */
    NoticeTask find(long id) {
        return tasks.get(id);
    }

    void clear() {
        tasks.clear();
    }
}
