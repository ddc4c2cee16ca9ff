package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.plan.virtual.MonthBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a group of equal tenants did: calls, month, and what held it when. */
public final class GroupTally {
    private final String name;
    private final Timeline timeline = new Timeline();
    private final List<MonthBook> books = new ArrayList<>();
    private long calls;

    GroupTally(String name) {
        this.name = name;
    }

    /** As in the scenario. */
    public String name() {
        return name;
    }

    void add(MonthBook book) {
        books.add(book);
    }

    void called(int people, long atMicros) {
        calls++;
        timeline.add(Outcome.PEOPLE, atMicros, people);
        timeline.add(Outcome.CALLS, atMicros, 1);
    }

    void held(String gate, long fromMicros, long toMicros) {
        timeline.addTime(Outcome.HELD + gate, fromMicros, toMicros);
    }

    /** Sends, receipts not counted. */
    public long calls() {
        return calls;
    }

    /** People and calls by when they left, and the microseconds that lanes with work were held, by gate. */
    public Timeline timeline() {
        return timeline;
    }

    /** Calls booked in the months of its organisations: sends and metered receipts. */
    public long booked() {
        return books.stream().mapToLong(MonthBook::spentInAll).sum();
    }

    /** Of all organisations and months the one that had least left; empty when nothing limits any. */
    public Optional<MonthBook.Month> tightest() {
        return books.stream()
                .map(MonthBook::tightest)
                .min(Comparator.comparingLong(month -> month.status().available()));
    }
}
