package dev.sluice.loadtest.load;

import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.terminal.Language;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to run a load.
 *
 * @param scenario in the size to run
 * @param classPath of this program, for the nodes' processes
 * @param command that repeats the run
 * @param remote an engine elsewhere; empty: one of our own
 * @param reports directory for the report; empty: none
 * @param columns of the terminal; empty: plain lines
 * @param language of what is shown
 */
public record LoadOptions(
        Scenario scenario,
        String classPath,
        String command,
        Optional<Remote> remote,
        Optional<Path> reports,
        Optional<Integer> columns,
        Language language) {
    /**
     * An engine that runs already.
     *
     * @param engine base address of its send API
     * @param key to send with
     * @param channel to send through
     * @param peoplePrefix what the ids of its people begin with
     */
    public record Remote(URI engine, String key, String channel, String peoplePrefix) {
        /** Without the key. */
        @Override
        public String toString() {
            return engine + " " + channel;
        }
    }
}
