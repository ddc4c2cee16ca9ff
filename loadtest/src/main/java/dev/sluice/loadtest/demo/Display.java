package dev.sluice.loadtest.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Where progress is shown. One thread. */
interface Display extends AutoCloseable {
    /** Shows how far everybody is. */
    void show(List<Progress> tenants, int singles);

    /** How long to wait until showing more. */
    Duration rest();

    /** Leaves the terminal as it was. */
    @Override
    void close();

    /** Bars that are redrawn in place. */
    static Display live(PrintWriter out, ProgressText text, int columns) {
        return new LiveDisplay(out, text, columns);
    }

    /** A line for each tenant every few seconds. */
    static Display plain(PrintWriter out, ProgressText text) {
        return new Display() {
            @Override
            public void show(List<Progress> tenants, int singles) {
                tenants.forEach(tenant -> out.println(text.line(tenant)));
                out.flush();
            }

            @Override
            public Duration rest() {
                return Duration.ofSeconds(5);
            }

            @Override
            public void close() {
                out.flush();
            }
        };
    }
}
