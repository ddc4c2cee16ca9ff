package dev.sluice.loadtest.demo;

import dev.sluice.simulator.directory.Standing;

/**
 * A line of a people file.
 *
 * @param recipient the platform's user id
 * @param name for people; the engine ignores it
 * @param standing how the platform knows them
 */
record Person(String recipient, String name, Standing standing) {}
