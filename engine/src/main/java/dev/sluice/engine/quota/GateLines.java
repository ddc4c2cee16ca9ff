package dev.sluice.engine.quota;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lines of one node at the gates that lanes of many apps share; nodes behind one address compete for it as before. Whoever stands in one is called on its own context
 * when it may ask. Questions under different ceilings stand in different lines: what a reserve keeps back for one does not hold the other. Thread-safe; never blocks.
 */
public final class GateLines {
    /** Places in a line: twice the lanes that a node is made for, in two classes each. At the bound a lane asks again when the gate should open, and finds room by chance. */
    private static final int MOST_WAITING = 40_000;

    private final Clockwork clockwork;
    private final int mostWaiting;
    private final Map<Key, Line> lines = new HashMap<>();

    /** Time and contexts, which the planner has too. */
    public interface Clockwork {
        /** A time that only grows. */
        long nowMillis();

        /** Does something after so long. */
        void after(long millis, Runnable what);

        /** What brings something to whoever asks for it now. */
        Consumer<Runnable> caller();

        /** Vert.x' timers and contexts, and the monotonic clock. */
        static Clockwork of(Vertx vertx, EngineClock clock) {
            return new Clockwork() {
                @Override
                public long nowMillis() {
                    return clock.monotonicMillis();
                }

                @Override
                public void after(long millis, Runnable what) {
                    vertx.setTimer(millis, fired -> what.run());
                }

                @Override
                public Consumer<Runnable> caller() {
                    Context context = vertx.getOrCreateContext();
                    return what -> context.runOnContext(now -> what.run());
                }
            };
        }
    }

    private record Key(SlotGate gate, long ceiling) {
        static Key of(SlotRequest request) {
            return new Key(request.gate(), request.ceiling());
        }
    }

    private static final class Line {
        final GateLine order;
        boolean timed;

        Line(int mostWaiting) {
            this.order = new GateLine(mostWaiting);
        }
    }

    /** Somebody's place in a line. After its turn it ends in a grant, a refusal (then it is first again) or is left; what comes after its end changes nothing. */
    public final class Place {
        private final SlotRequest request;
        private final int ahead;
        private GateLine.Place inLine;

        private Place(SlotRequest request, int ahead) {
            this.request = request;
            this.ahead = ahead;
        }

        /** The gate. */
        public SlotGate gate() {
            return request.gate();
        }

        /** How many stood before it when it came. */
        public int ahead() {
            return ahead;
        }

        /** How long those need at the pace of the limit, roughly: not all of them want the same, and other nodes may share it. */
        public long expectedWaitMillis() {
            return (long) ahead * request.units() * gate().windowMillis() / gate().capacity();
        }

        /** The gates let its call go. */
        public void granted() {
            end(line -> line.order.granted(inLine));
        }

        /** The gate refused for so long. */
        public void refused(long waitMillis) {
            end(line -> line.order.refused(inLine, until(waitMillis)));
        }

        /** It does not ask, or something else held its call. */
        public void leave() {
            end(line -> line.order.leave(inLine));
        }

        private void end(Consumer<Line> how) {
            synchronized (GateLines.this) {
                Line line = lines.get(Key.of(request));
                if (line != null) {
                    how.accept(line);
                    serve(Key.of(request), line);
                }
            }
        }
    }

    /** Lines of a node that work by this time and on these contexts. */
    public GateLines(Clockwork clockwork) {
        this(clockwork, MOST_WAITING);
    }

    /**
     * The same with room for others than the lanes of a node.
     *
     * @param mostWaiting most places in a line
     */
    public GateLines(Clockwork clockwork, int mostWaiting) {
        this.clockwork = clockwork;
        this.mostWaiting = mostWaiting;
    }

    /** The request for which a call must stand in line, because somebody as urgent waits there; empty when it may ask. */
    public synchronized Optional<SlotRequest> before(List<SlotRequest> requests, PriorityClass priority) {
        return lines.isEmpty()
                ? Optional.empty()
                : requests.stream().filter(one -> holdsBack(one, priority)).findFirst();
    }

    private boolean holdsBack(SlotRequest request, PriorityClass priority) {
        Line line = request.gate().widerThanApp() ? lines.get(Key.of(request)) : null;
        return line != null && line.order.holdsBack(priority);
    }

    /**
     * Stands in line for a request. Empty when nobody stands in line there (a gate of one app) or the line is full: then the caller asks again by itself.
     *
     * @param tenantId whose turn it takes
     * @param refusedMillis for how long the gate has just refused; 0 when it was not asked
     * @param turn called on the caller's context whenever it may ask
     */
    public synchronized Optional<Place> join(
            SlotRequest request, long tenantId, PriorityClass priority, long refusedMillis, Consumer<Place> turn) {
        if (!request.gate().widerThanApp()) {
            return Optional.empty();
        }
        Key key = Key.of(request);
        Line line = lines.computeIfAbsent(key, absent -> new Line(mostWaiting));
        Place place = new Place(request, line.order.ahead(priority));
        Consumer<Runnable> caller = clockwork.caller();
        Optional<GateLine.Place> inLine =
                line.order.join(tenantId, priority, () -> caller.accept(() -> turn.accept(place)));
        if (refusedMillis > 0) {
            line.order.closed(until(refusedMillis));
        }
        return inLine.map(joined -> {
            place.inLine = joined;
            serve(key, line);
            return place;
        });
    }

    /** How many stand in lines. */
    public synchronized int waiting() {
        return lines.values().stream().mapToInt(line -> line.order.waiting()).sum();
    }

    private void serve(Key key, Line line) {
        Optional<GateLine.Place> next = line.order.next(clockwork.nowMillis());
        while (next.isPresent()) {
            next.get().turn().run();
            next = line.order.next(clockwork.nowMillis());
        }
        if (line.order.idle()) {
            lines.remove(key, line);
        } else if (!line.timed && line.order.nextMillis() != Long.MAX_VALUE) {
            line.timed = true;
            clockwork.after(Math.max(1, line.order.nextMillis() - clockwork.nowMillis()), () -> open(key, line));
        }
    }

    private synchronized void open(Key key, Line line) {
        line.timed = false;
        serve(key, line);
    }

    private long until(long waitMillis) {
        return clockwork.nowMillis() + SlotAnswer.NotBefore.askAgainMillis(waitMillis);
    }
}
