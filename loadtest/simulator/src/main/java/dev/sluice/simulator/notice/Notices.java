package dev.sluice.simulator.notice;

import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.http.Endpoint;
import dev.sluice.simulator.settings.LimitSettings;
import java.util.Map;

/** The APIs of work notices and the state that they share. Owned by the event loop. */
public final class Notices {
    private final NoticeTasks tasks = new NoticeTasks();
    private final NoticeJudge judge = new NoticeJudge();
    private final Map<Api, Endpoint> endpoints;

    public Notices(Directory directory, LimitSettings settings) {
        NoticeQueries queries = new NoticeQueries(directory, settings, tasks);
        this.endpoints = Map.of(
                Api.NOTICE_SEND, new NoticeSend(directory, settings, tasks, judge),
                Api.NOTICE_PROGRESS, queries::progress,
                Api.NOTICE_RESULT, queries::result,
                Api.NOTICE_RECALL, queries::recall);
    }

    public Map<Api, Endpoint> endpoints() {
        return endpoints;
    }

    /** Forgets tasks and counters. */
    public void clear() {
        tasks.clear();
        judge.clear();
    }
}
