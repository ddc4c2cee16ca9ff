package dev.sluice.simulator.robot;

import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.http.Endpoint;
import dev.sluice.simulator.settings.LimitSettings;
import java.util.Map;

/** The APIs of one-to-one robot messages and the state that they share. Owned by the event loop. */
public final class Robots {
    private final RobotTasks tasks = new RobotTasks();
    private final RobotSend send;
    private final Map<Api, Endpoint> endpoints;

    public Robots(Directory directory, LimitSettings settings) {
        RobotQueries queries = new RobotQueries(directory, settings, tasks);
        this.send = new RobotSend(directory, settings, tasks);
        this.endpoints = Map.of(
                Api.ROBOT_SEND, send, Api.ROBOT_READ_STATUS, queries::readStatus, Api.ROBOT_RECALL, queries::recall);
    }

    public Map<Api, Endpoint> endpoints() {
        return endpoints;
    }

    /** Forgets batches and windows. */
    public void clear() {
        tasks.clear();
        send.clear();
    }
}
