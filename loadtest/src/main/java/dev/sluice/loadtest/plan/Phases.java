package dev.sluice.loadtest.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which limit binds when: the timeline of a group in few stretches, each named after what held its lanes longest. Pure. */
public final class Phases {
    /** As many as are read at a glance. */
    static final int FEW = 6;
    /** Stretches of a timeline that changes too often to be told in a few. */
    private static final int MOST = 24;
    /** Lanes that were held for less than this share of the time were not held in earnest. */
    private static final double LEAST_SHARE = 0.02;

    private Phases() {}

    /**
     * A stretch.
     *
     * @param fromMicros from the start of the plan
     * @param gate what held longest; "" when nothing did
     * @param share of the time of all lanes that it held
     */
    public record Phase(long fromMicros, long toMicros, String gate, double share) {}

    /** The phases of a group with so many lanes, as exact as few of them can be: hours would not be seen in stretches of a day. */
    public static List<Phase> of(GroupTally group, int lanes) {
        Timeline timeline = group.timeline();
        int coarsest = Math.max(1, Math.ceilDiv(timeline.stretches(), MOST));
        return IntStream.range(1, coarsest)
                .mapToObj(step -> of(timeline, lanes, step))
                .filter(phases -> phases.size() <= FEW)
                .findFirst()
                .orElseGet(() -> of(timeline, lanes, coarsest));
    }

    private static List<Phase> of(Timeline timeline, int lanes, int step) {
        List<Phase> phases = new ArrayList<>();
        for (int from = 0; from < timeline.stretches(); from += step) {
            Phase phase = phase(timeline, from, Math.min(from + step, timeline.stretches()), lanes);
            if (!phases.isEmpty() && phases.getLast().gate().equals(phase.gate())) {
                phases.set(phases.size() - 1, joined(phases.getLast(), phase));
            } else {
                phases.add(phase);
            }
        }
        return phases;
    }

    /** What held these groups longest together over all the time; "" when nothing did. */
    public static String longest(List<GroupTally> groups) {
        Map<String, Double> held = new TreeMap<>();
        for (GroupTally group : groups) {
            Timeline timeline = group.timeline();
            timeline.names().stream()
                    .filter(name -> name.startsWith(Outcome.HELD))
                    .forEach(name -> held.merge(name, sum(timeline, name, 0, timeline.stretches()), Double::sum));
        }
        return held.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(longest -> longest.getKey().substring(Outcome.HELD.length()))
                .orElse("");
    }

    private static Phase phase(Timeline timeline, int from, int to, int lanes) {
        String gate = "";
        double most = 0;
        for (String name : timeline.names()) {
            double held = name.startsWith(Outcome.HELD) ? sum(timeline, name, from, to) : 0;
            if (held > most) {
                most = held;
                gate = name.substring(Outcome.HELD.length());
            }
        }
        long fromMicros = from * timeline.widthMicros();
        long toMicros = Math.min(to * timeline.widthMicros(), Math.max(timeline.endMicros(), fromMicros + 1));
        double share = Math.min(1, most / ((double) (toMicros - fromMicros) * lanes));
        return share < LEAST_SHARE
                ? new Phase(fromMicros, toMicros, "", 0)
                : new Phase(fromMicros, toMicros, gate, share);
    }

    private static double sum(Timeline timeline, String name, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += timeline.amount(name, i);
        }
        return sum;
    }

    private static Phase joined(Phase one, Phase next) {
        double first = one.toMicros() - one.fromMicros();
        double second = next.toMicros() - next.fromMicros();
        double share = (one.share() * first + next.share() * second) / (first + second);
        return new Phase(one.fromMicros(), next.toMicros(), one.gate(), share);
    }
}
