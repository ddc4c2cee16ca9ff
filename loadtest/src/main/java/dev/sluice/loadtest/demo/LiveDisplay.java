package dev.sluice.loadtest.demo;

import dev.sluice.loadtest.terminal.LiveBlock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Bars that are redrawn in place. */
final class LiveDisplay implements Display {
    private static final Duration FRAME = Duration.ofMillis(250);

    private final LiveBlock block;
    private final ProgressText text;
    private final int columns;

    /**
     * @param columns of the terminal
     */
    LiveDisplay(PrintWriter out, ProgressText text, int columns) {
        this.block = new LiveBlock(out);
        this.text = text;
        this.columns = columns;
    }

    @Override
    public void show(List<Progress> tenants, int singles) {
        block.show(text.block(tenants, singles, columns - 1));
    }

    @Override
    public Duration rest() {
        return FRAME;
    }

    @Override
    public void close() {}
}
