package dev.sluice.loadtest.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * From how much unwritten data on Linux begins to write tables out. Until then it waits half a minute and writes a table's pages all at once, and the log that
 * every commit waits for stands behind them.
 *
 * @param kernel where the kernel tells its settings
 */
public record WriteBack(Path kernel) {
    private static final Path SETTINGS = Path.of("/proc/sys/vm");

    static WriteBack ofThisMachine() {
        return new WriteBack(SETTINGS);
    }

    /** As {@code sysctl} names it; "unknown" elsewhere than on Linux. */
    String setting() {
        try {
            String bytes = value("dirty_background_bytes");
            return bytes.equals("0")
                    ? "vm.dirty_background_ratio=" + value("dirty_background_ratio")
                    : "vm.dirty_background_bytes=" + bytes;
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    /** The kernel gives these files in one read alone, and says that they are empty: who goes by that reads one digit. */
    private String value(String name) throws IOException {
        return Files.readAllLines(kernel.resolve(name)).getFirst();
    }
}
