package dev.sluice.engine.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends server processes: politely, then by force. */
final class ChildProcess {
    private ChildProcess() {}

    /** Asks it to end (SIGTERM), waits up to the limit, then kills it. Returns when it is gone. */
    static void end(ProcessHandle process, Duration limit) {
        process.destroy();
        if (!gone(process, limit)) {
            process.destroyForcibly();
            gone(process, limit);
        }
    }

    /** Whether it ended within the limit. Waits for that even when interrupted: a server that is left alone goes on running. */
    static boolean gone(ProcessHandle process, Duration limit) {
        return process.onExit()
                .thenApply(ended -> true)
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
