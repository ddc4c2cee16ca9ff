package dev.sluice.loadtest.terminal;

import java.io.PrintWriter;
import java.util.List;

/**
 * Lines that are redrawn in place with ANSI sequences: up over the old ones, each line erased to its end. The cursor stays shown below them, so that a run that
 * is cut off leaves the terminal as it was.
 */
public final class LiveBlock {
    private static final String ESCAPE = "\u001b[";

    private final PrintWriter out;
    private int drawn;

    /**
     * @param out lent
     */
    public LiveBlock(PrintWriter out) {
        this.out = out;
    }

    /** Leaves a line for good where the lines stood; the next ones are shown below it. As wide as it likes. */
    public void leave(String line) {
        String up = drawn > 0 ? ESCAPE + drawn + 'A' : "";
        drawn = 0;
        out.print(up + '\r' + ESCAPE + 'J' + line + '\n');
        out.flush();
    }

    /** Shows these instead of the last ones; as many, none as wide as the terminal: some wrap a line that fills it. */
    public void show(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append(ESCAPE).append(drawn).append('A');
        }
        lines.forEach(line ->
                frame.append('\r').append(line).append(ESCAPE).append('K').append('\n'));
        drawn = lines.size();
        out.print(frame);
        out.flush();
    }
}
