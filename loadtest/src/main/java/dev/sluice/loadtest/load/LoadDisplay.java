package dev.sluice.loadtest.load;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.terminal.LiveBlock;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows each sample: redrawn in place on a terminal, else as a line every few seconds. One thread. */
final class LoadDisplay implements Consumer<Sample> {
    private static final double LINE_EVERY_SECONDS = 5;

    private final PrintWriter out;
    private final LoadText text;
    private final Optional<Integer> columns;
    private final LiveBlock block;
    private double next;

    /**
     * @param columns of the terminal; empty: plain lines
     */
    LoadDisplay(PrintWriter out, LoadText text, Optional<Integer> columns) {
        this.out = out;
        this.text = text;
        this.columns = columns;
        this.block = new LiveBlock(out);
    }

    /** Says what happened, as a line that stays. */
    void say(Sample now, Label words) {
        String line = text.line(now, words);
        if (columns.isPresent()) {
            block.leave(line);
        } else {
            out.println(line);
            out.flush();
        }
    }

    @Override
    public void accept(Sample now) {
        if (columns.isPresent()) {
            block.show(text.block(now, columns.get() - 1));
        } else if (now.second() >= next) {
            next = now.second() + LINE_EVERY_SECONDS - 0.5;
            out.println(text.line(now));
            out.flush();
        }
    }
}
