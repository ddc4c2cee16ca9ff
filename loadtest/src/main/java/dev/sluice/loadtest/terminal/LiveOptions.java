package dev.sluice.loadtest.terminal;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --plain}: whether a command may move the cursor. */
public final class LiveOptions {
    @Option(
            names = "--plain",
            description = {"Plain lines, also on a terminal.", "在终端上也只输出普通文本行。"})
    private boolean plain;

    /** Columns for a live display; empty for plain lines. */
    public Optional<Integer> columns() {
        return plain ? Optional.empty() : Terminal.columns();
    }
}
