package dev.sluice.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a server that an earlier process of ours left behind from a stranger that has its number now, as happens after a reboot. Strangers are never signalled. */
final class LeftBehind {
    private static final Path PROCESSES = Path.of("/proc");

    private LeftBehind() {}

    /**
     * The server, if it still runs.
     *
     * @param recorded its number, as its file says
     * @param program how its program's name begins
     * @param directory in which it works, and no other server does
     */
    static Optional<ProcessHandle> find(String recorded, String program, Path directory) {
        if (!recorded.matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(recorded))
                .filter(process -> runs(process, program))
                .filter(process -> worksIn(process, directory));
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info()
                .command()
                .map(path -> Path.of(path).getFileName().toString().startsWith(program))
                .orElse(false);
    }

    /** By its working directory where the system shows that, else by its command line. */
    private static boolean worksIn(ProcessHandle process, Path directory) {
        if (!Files.isDirectory(PROCESSES)) {
            return process.info()
                    .commandLine()
                    .map(line -> line.contains(directory.toString()))
                    .orElse(false);
        }
        try {
            Path working = PROCESSES.resolve(Long.toString(process.pid())).resolve("cwd");
            return working.toRealPath().equals(directory.toRealPath());
        } catch (IOException goneOrSomebodyElses) {
            return false;
        }
    }
}
