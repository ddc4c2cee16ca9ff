package dev.sluice.loadtest.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the engine's log out of what a command shows, unless the person asked for a level. */
final class Quiet {
    private static final String ASKED = "sluice.log.level";

    private Quiet() {}

    /** Only this level and worse from now on. */
    static void below(Level level) {
        if (System.getProperty(ASKED) == null && LoggerFactory.getLogger("dev.sluice") instanceof Logger ours) {
            ours.setLevel(level);
        }
    }
}
