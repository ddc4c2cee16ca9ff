/** Real servers and a movable clock for tests: {@code PostgresExtension}, {@code RedisExtension}, {@code ManualClock}. */
package dev.sluice.engine.testkit;
