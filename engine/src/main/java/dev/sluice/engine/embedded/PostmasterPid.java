package dev.sluice.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The file in which Postgres says who runs a cluster. After a kill of our process the server in it may still live, or be long gone. */
record PostmasterPid(Path file) {
    static PostmasterPid of(Path cluster) {
        return new PostmasterPid(cluster.resolve("postmaster.pid"));
    }

    /**
     * Ends the server that an earlier process of ours left behind; the caller holds the data directory, so nobody uses it. A file whose number belongs to
     * some other program now, as happens after a reboot, is removed: Postgres would take it for a running server.
     */
    void endLeftBehind(Duration limit) throws IOException {
        Optional<ProcessHandle> server = LeftBehind.find(recorded(), "postgres", file.getParent());
        if (server.isPresent()) {
            fastStop(server.get(), limit);
        } else {
            Files.deleteIfExists(file);
        }
    }

    /** Ends a postmaster in its fast mode: sessions are closed, a checkpoint is written. After the limit it is killed, which costs a recovery and no data. */
    static void fastStop(ProcessHandle postmaster, Duration limit) {
        Signals.send(postmaster, "INT");
        if (!ChildProcess.gone(postmaster, limit)) {
            postmaster.destroyForcibly();
            ChildProcess.gone(postmaster, limit);
        }
    }

    /** The number in its first line, "" for none. */
    private String recorded() throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() ? "" : lines.getFirst().strip();
    }
}
