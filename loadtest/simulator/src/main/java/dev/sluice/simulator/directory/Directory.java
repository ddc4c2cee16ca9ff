package dev.sluice.simulator.directory;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that exists on the platform. Safe for any thread. */
public final class Directory {
    private final Map<String, Organisation> organisations = new ConcurrentHashMap<>();
    private final Map<String, App> apps = new ConcurrentHashMap<>();
    private final Map<String, App> appsByRobotCode = new ConcurrentHashMap<>();
    private final Map<String, WebhookRobot> robots = new ConcurrentHashMap<>();

    /** Adds an organisation, or changes the tier of an existing one. */
    public Organisation addOrganisation(String corpId, String tier) {
        Organisation organisation = organisations.computeIfAbsent(corpId, id -> new Organisation(id, tier));
        organisation.setTier(tier);
        return organisation;
    }

    /** Adds or replaces an app of an existing organisation. */
    public App addApp(App app) {
        organisation(app.corpId());
        apps.put(app.appKey(), app);
        appsByRobotCode.put(app.robotCode(), app);
        return app;
    }

    /** Adds or replaces a webhook robot of an existing organisation. */
    public WebhookRobot addRobot(WebhookRobot robot) {
        organisation(robot.corpId());
        robots.put(robot.accessToken(), robot);
        return robot;
    }

    /**
     * An existing organisation.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Organisation organisation(String corpId) {
        Organisation organisation = organisations.get(corpId);
        if (organisation == null) {
            throw new IllegalArgumentException("no organisation " + corpId);
        }
        return organisation;
    }

    public Organisation organisationOf(App app) {
        return organisations.get(app.corpId());
    }

    /** The app, or null. */
    public App app(String appKey) {
        return apps.get(appKey);
    }

    /** The app that owns a robot, or null. */
    public App appOfRobot(String robotCode) {
        return appsByRobotCode.get(robotCode);
    }

    /** The robot, or null. */
    public WebhookRobot robot(String accessToken) {
        return robots.get(accessToken);
    }

    public Collection<Organisation> organisations() {
        return organisations.values();
    }

    public Collection<App> apps() {
        return apps.values();
    }

    public Collection<WebhookRobot> robots() {
        return robots.values();
    }

    public void clear() {
        organisations.clear();
        apps.clear();
        appsByRobotCode.clear();
        robots.clear();
    }
}
