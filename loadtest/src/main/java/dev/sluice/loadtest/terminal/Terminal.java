package dev.sluice.loadtest.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether standard output is a terminal, and how wide. Asks the system's own tools, since Java 21 cannot say. */
public final class Terminal {
    private static final int USUAL_COLUMNS = 100;
    private static final int LEAST_COLUMNS = 40;

    private Terminal() {}

    /** Columns of the terminal; empty when output goes elsewhere or the terminal cannot move its cursor. */
    public static Optional<Integer> columns() {
        String kind = System.getenv("TERM");
        if (kind == null || kind.equals("dumb")) {
            return Optional.empty();
        }
        try {
            Process isTerminal =
                    new ProcessBuilder("sh", "-c", "test -t 1").inheritIO().start();
            if (!ended(isTerminal) || isTerminal.exitValue() != 0) {
                return Optional.empty();
            }
            return Optional.of(size());
        } catch (IOException noShell) {
            return Optional.empty();
        }
    }

    private static int size() throws IOException {
        Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        ended(stty);
        int columns =
                answer.matches("\\d{1,5} \\d{1,5}") ? Integer.parseInt(answer.substring(answer.indexOf(' ') + 1)) : 0;
        return columns == 0 ? USUAL_COLUMNS : Math.max(LEAST_COLUMNS, columns);
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
