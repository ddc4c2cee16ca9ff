package dev.sluice.admin;

import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.scheduling.wake.WakeUps;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.time.EngineClock;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;

/**
 * What the control plane is made of; all lent, nothing is closed by it.
 *
 * @param pool the database, migrated
 * @param secretBox seals credentials
 * @param board what owners of lanes say
 * @param wakeUps tells owners of lanes that something changed
 * @param clock wall time and the platform's calendar
 * @param random makes keys
 */
public record AdminParts(
        Pool pool,
        SecretBox secretBox,
        LaneStatusBoard board,
        WakeUps wakeUps,
        EngineClock clock,
        SecureRandom random) {}
