package dev.sluice.engine.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands before a server's command line, depending on who runs us and what the machine has. */
final class Privileges {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private Privileges() {}

    /**
     * A command whose process has its own session, where the system can do that: a Ctrl-C on the terminal then reaches us and not the servers, which must
     * outlive our orderly stop. Without it they end with us, which is a crash of the stores and loses nothing either.
     */
    static List<String> ownSession(List<String> command) {
        return Files.isExecutable(SETSID) ? prefixed(List.of(SETSID.toString()), command) : command;
    }

    /** A command that Postgres accepts: it refuses to run as root, so root runs it in a user namespace where it is nobody. */
    static List<String> notRoot(List<String> command) {
        return isRoot() ? prefixed(List.of("unshare", "-U"), command) : command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        return Stream.of(prefix, command)
                .flatMap(List::stream)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }
}
