package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.quota.GateLines;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** A clock that jumps to the next thing that happens. What happens at the same moment happens in the order in which it was planned. */
public final class VirtualTime {
    private final long startMillis;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowMicros;
    private long planned;

    private record Event(long atMicros, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** @param start the wall time of the beginning */
    public VirtualTime(Instant start) {
        this.startMillis = start.toEpochMilli();
    }

    /** Microseconds since the beginning. */
    public long nowMicros() {
        return nowMicros;
    }

    /** Wall time, rounded down to a millisecond as the engine's clock does. */
    public long nowMillis() {
        return millisOf(nowMicros);
    }

    /** Wall time. */
    public Instant now() {
        return Instant.ofEpochMilli(nowMillis());
    }

    /** The wall time of a moment. */
    public long millisOf(long micros) {
        return startMillis + Math.floorDiv(micros, 1_000);
    }

    /** The moment at which a wall time is reached. */
    public long microsOf(long wallMillis) {
        return (wallMillis - startMillis) * 1_000;
    }

    /** Plans something; what lies in the past happens next. */
    public void at(long micros, Runnable what) {
        events.add(new Event(Math.max(micros, nowMicros), planned++, what));
    }

    /** This time as the engine's lines want it; everybody is on the one thread. */
    GateLines.Clockwork clockwork() {
        return new GateLines.Clockwork() {
            @Override
            public long nowMillis() {
                return Math.floorDiv(nowMicros, 1_000);
            }

            @Override
            public void after(long millis, Runnable what) {
                at(nowMicros + millis * 1_000, what);
            }

            @Override
            public Consumer<Runnable> caller() {
                return what -> at(nowMicros, what);
            }
        };
    }

    /** Lets everything happen up to a moment, and is there then unless nothing is left that happens after it. */
    public void runUntil(long endMicros) {
        while (!events.isEmpty() && events.peek().atMicros <= endMicros) {
            Event event = events.poll();
            nowMicros = event.atMicros;
            event.what.run();
        }
        nowMicros = events.isEmpty() ? nowMicros : endMicros;
    }
}
