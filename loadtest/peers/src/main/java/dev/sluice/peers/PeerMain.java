package dev.sluice.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs one peer and does as its standard input says: {@code round JOBS} is answered by {@code done SECONDS}. Ends with its input, so it never outlives the benchmark. */
public final class PeerMain {
    private PeerMain() {}

    /**
     * Starts.
     *
     * @param arguments {@code db-scheduler}, {@code db-scheduler-unrecorded} or {@code jobrunr}
     */
    public static void main(String[] arguments) throws IOException {
        // Numbers become names of people and JSON: in some locales they would be written with other digits.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        PeerSettings settings = PeerSettings.from(System.getenv());
        try (Notices notices = new Notices(settings);
                Peer peer = start(arguments[0], settings, notices);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            peer.pause(true);
            System.out.println("ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                int jobs = Integer.parseInt(order.substring("round ".length()));
                System.out.printf("done %.6f%n", new Round(peer, notices).seconds(people(jobs)));
            }
        }
    }

    static Peer start(String kind, PeerSettings settings, Notices notices) {
        return switch (kind) {
            case "db-scheduler" -> new DbSchedulerPeer(settings, notices, true);
            case "db-scheduler-unrecorded" -> new DbSchedulerPeer(settings, notices, false);
            case "jobrunr" -> new JobRunrPeer(settings, notices);
            default -> throw new IllegalArgumentException("no peer is called " + kind);
        };
    }

    private static List<String> people(int count) {
        List<String> people = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            people.add("user%06d".formatted(i));
        }
        return people;
    }
}
