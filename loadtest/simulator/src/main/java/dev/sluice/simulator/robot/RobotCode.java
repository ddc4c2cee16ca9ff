package dev.sluice.simulator.robot;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;

/** The robot that a call names must be the caller's own. */
final class RobotCode {
    private RobotCode() {}

    static void check(String robotCode, App caller, Directory directory) {
        App owner = directory.appOfRobot(robotCode);
        if (owner == null) {
            throw error("invalidParameter.robotCode.notExsit", "robotCode does not exist");
        }
        if (!owner.appKey().equals(caller.appKey())) {
            throw error("invalidParameter.robotCode.auth", "robotCode belongs to another app");
        }
    }

    private static RefusedException error(String code, String message) {
        return new RefusedException(Reply.v1Error(400, code, message));
    }
}
