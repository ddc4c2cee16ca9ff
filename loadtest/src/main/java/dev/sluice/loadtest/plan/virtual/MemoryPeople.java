package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.quota.LaneGates.PeopleRule;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A day of {@code people_admit.lua} in memory, for people who are numbers: neighbours with the same marks are kept as one, so a campaign to millions is one entry.
 * The same questions get the same answers, which a test shows on random sequences with the script itself.
 */
public final class MemoryPeople {
    /** For contents that nobody gets again: all count as one, and as different from each other. */
    public static final UUID UNIQUE = new UUID(0, 0);

    private final PeopleRule rule;
    /** From which person on which marks stand, until the next entry. */
    private final TreeMap<Integer, Marks> marks = new TreeMap<>();

    /** A day on which nobody got anything. */
    public MemoryPeople(PeopleRule rule) {
        this.rule = rule;
        marks.put(Integer.MIN_VALUE, Marks.none());
    }

    /**
     * How many may go, and how many not for which reason.
     *
     * @param go they are marked now
     * @param sameContent had the content today
     * @param dayLimit had as many messages as a day allows
     */
    public record Verdicts(int go, int sameContent, int dayLimit) {
        /** Everybody may go. */
        static Verdicts all(int people) {
            return new Verdicts(people, 0, 0);
        }
    }

    /** Marks the people in {@code [from, to)} who may get the content today. */
    public Verdicts admit(UUID content, int from, int to) {
        cutAt(from);
        cutAt(to);
        int go = 0;
        int same = 0;
        int full = 0;
        for (Map.Entry<Integer, Marks> stretch : marks.subMap(from, to).entrySet()) {
            int people = Math.min(to, marks.higherKey(stretch.getKey())) - stretch.getKey();
            Marks theirs = stretch.getValue();
            if (rule.sameContentOnce() && !content.equals(UNIQUE) && theirs.have(content)) {
                same += people;
            } else if (theirs.count() >= rule.messagesPerDay()) {
                full += people;
            } else {
                go += people;
                stretch.setValue(theirs.and(content));
            }
        }
        join(from, to);
        return new Verdicts(go, same, full);
    }

    /** Forgets the mark that the people in {@code [from, to)} got last: they were not sent to after all. */
    public void takeBack(int from, int to) {
        cutAt(from);
        cutAt(to);
        marks.subMap(from, to).replaceAll((first, theirs) -> theirs.before());
        join(from, to);
    }

    /** Stretches that are kept: a measure of memory. */
    int stretches() {
        return marks.size();
    }

    private void cutAt(int person) {
        marks.putIfAbsent(person, marks.floorEntry(person).getValue());
    }

    /** Neighbours who became equal are one again. */
    private void join(int from, int to) {
        Marks left = marks.lowerEntry(from).getValue();
        var rest = marks.subMap(from, true, to, true).entrySet().iterator();
        while (rest.hasNext()) {
            Marks own = rest.next().getValue();
            if (own == left) {
                rest.remove();
            }
            left = own;
        }
    }
}
