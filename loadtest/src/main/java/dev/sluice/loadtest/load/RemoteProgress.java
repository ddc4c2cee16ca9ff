package dev.sluice.loadtest.load;

import dev.sluice.loadtest.load.sending.ClientLog;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says every few seconds how far a run is of which only the client's side can be seen. */
final class RemoteProgress implements AutoCloseable {
    private static final long LINE_EVERY_SECONDS = 5;

    private final ClientLog log;
    private final LongSupplier settled;
    private final LoadText text;
    private final PrintWriter out;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    /**
     * @param settled people who are settled so far, asked on another thread
     */
    RemoteProgress(ClientLog log, LongSupplier settled, LoadText text, PrintWriter out) {
        this.log = log;
        this.settled = settled;
        this.text = text;
        this.out = out;
    }

    /** From now on. */
    void start() {
        clock.scheduleAtFixedRate(this::line, LINE_EVERY_SECONDS, LINE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void line() {
        out.println(text.people(log.offered(), log.accepted(), log.refused(), settled.getAsLong()));
        out.flush();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
