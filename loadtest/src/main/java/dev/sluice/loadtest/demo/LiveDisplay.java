package dev.sluice.loadtest.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Bars that are redrawn in place with ANSI sequences: up over the old block, each line erased to its end. The cursor stays shown below them, so
 * that a run that is cut off leaves the terminal as it was.
 */
final class LiveDisplay implements Display {
    private static final String ESCAPE = "\u001b[";
    private static final Duration FRAME = Duration.ofMillis(250);

    private final PrintWriter out;
    private final ProgressText text;
    private final int columns;
    private int drawn;

    /**
     * @param columns of the terminal
     */
    LiveDisplay(PrintWriter out, ProgressText text, int columns) {
        this.out = out;
        this.text = text;
        this.columns = columns;
    }

    @Override
    public void show(List<Progress> tenants, int singles) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append(ESCAPE).append(drawn).append('A');
        }
        // The last column stays free: some terminals wrap a line that fills it.
        List<String> lines = text.block(tenants, singles, columns - 1);
        lines.forEach(line ->
                frame.append('\r').append(line).append(ESCAPE).append('K').append('\n'));
        drawn = lines.size();
        out.print(frame);
        out.flush();
    }

    @Override
    public Duration rest() {
        return FRAME;
    }

    @Override
    public void close() {
        out.flush();
    }
}
