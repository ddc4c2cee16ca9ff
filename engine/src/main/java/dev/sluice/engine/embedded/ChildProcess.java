package dev.sluice.engine.embedded;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** Whether it ended within the limit. */
    static boolean gone(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
