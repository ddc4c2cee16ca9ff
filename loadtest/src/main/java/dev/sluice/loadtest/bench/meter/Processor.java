package dev.sluice.loadtest.bench.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processor time of other processes, from Linux' {@code /proc/PID/stat}; elsewhere it is not known. */
public final class Processor {
    private static final Path PROCESSES = Path.of("/proc");
    /** Ticks of {@code /proc} are 100 a second on every Linux, whatever the kernel's own clock (proc_pid_stat(5), USER_HZ). */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields after the closing bracket of the name: 1 parent, 11 to 14 user and system time, own and of children that ended. */
    private static final int PARENT = 1;

    private static final int OWN_USER = 11;
    private static final int OWN_SYSTEM = 12;
    private static final int ENDED_USER = 13;
    private static final int ENDED_SYSTEM = 14;

    private Processor() {}

    /** Whether this system tells. */
    static boolean isKnown() {
        return Files.isReadable(PROCESSES.resolve("self/stat"));
    }

    /** The parent of a process. */
    static long parent(long pid) {
        return Long.parseLong(stat(pid).get(PARENT));
    }

    /** Seconds that a process used. */
    public static double seconds(long pid) {
        return ticks(stat(pid), OWN_USER, OWN_SYSTEM) / TICKS_PER_SECOND;
    }

    /** Seconds that a process and its children used, those included that have ended: a Postgres server with all its connections. */
    static double secondsOfFamily(long parent) {
        double ticks = ticks(stat(parent), OWN_USER, OWN_SYSTEM, ENDED_USER, ENDED_SYSTEM);
        for (long pid : pids()) {
            List<String> stat = stat(pid);
            if (!stat.isEmpty() && Long.parseLong(stat.get(PARENT)) == parent) {
                ticks += ticks(stat, OWN_USER, OWN_SYSTEM);
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double ticks(List<String> stat, int... fields) {
        double sum = 0;
        for (int field : fields) {
            sum += stat.isEmpty() ? 0 : Long.parseLong(stat.get(field));
        }
        return sum;
    }

    /** Empty when the process has ended. */
    private static List<String> stat(long pid) {
        try {
            String line = Files.readString(PROCESSES.resolve(Long.toString(pid)).resolve("stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException ended) {
            return List.of();
        }
    }

    private static List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROCESSES)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .forEach(name -> pids.add(Long.parseLong(name)));
        } catch (IOException unreadable) {
            return List.of();
        }
        return pids;
    }
}
