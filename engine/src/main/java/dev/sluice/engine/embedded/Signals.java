package dev.sluice.engine.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that the Java library has no method for. */
public final class Signals {
    private Signals() {}

    /** Sends one, such as INT, STOP or CONT. A process that is gone already is no error. */
    public static void send(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
