package dev.sluice.engine.quota;

import dev.sluice.engine.model.PriorityClass;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who asks next at a gate that many share. Classes in order; inside a class tenants in rotation, so that one with ten thousand lanes does not slow one with a
 * single lane; inside a tenant whoever came first. Where each tenant has one lane that is first come, first served. After a refusal one asks, and one
 * more with each grant, which is twice as many with each round: so few ask in vain, and a gate that has room is not slowed. Pure; not thread-safe.
 */
public final class GateLine {
    /** Questions at once: half leaves a fast gate waiting for answers, double asks that much more in vain once it is full. */
    static final int MOST_ASKING = 128;

    private static final Comparator<Party> BY_TURN =
            Comparator.comparing((Party party) -> party.key.priority()).thenComparingLong(party -> party.number);

    private final int mostWaiting;
    private final TreeSet<Party> rotation = new TreeSet<>(BY_TURN);
    private final Map<PartyKey, Party> parties = new HashMap<>();
    private final int[] waitingByClass = new int[PriorityClass.values().length];
    private long numbers;
    private int asking;
    private int mayAsk = 1;
    private long opensAtMillis = Long.MIN_VALUE;

    private enum State {
        /** For its turn. */
        WAITING,
        /** Its turn has come. */
        ASKING,
        /** It has no place any more. */
        GONE
    }

    private record PartyKey(long tenantId, PriorityClass priority) {}

    /** Those of one tenant and class who wait, by the moment at which they came. */
    private static final class Party {
        final PartyKey key;
        final TreeMap<Long, Place> waiting = new TreeMap<>();
        /** Its place in the rotation. Changes only while it is not in it. */
        long number;

        Party(PartyKey key, long number) {
            this.key = key;
            this.number = number;
        }
    }

    /** A place in the line, until its question is granted or it is left. */
    public static final class Place {
        private final PartyKey party;
        private final long ticket;
        private final Runnable turn;
        private State state = State.WAITING;
        private long number;

        private Place(PartyKey party, long ticket, Runnable turn) {
            this.party = party;
            this.ticket = ticket;
            this.turn = turn;
        }

        /** What is to be done at its turn. */
        public Runnable turn() {
            return turn;
        }
    }

    /** @param mostWaiting most places; nobody joins beyond */
    public GateLine(int mostWaiting) {
        this.mostWaiting = mostWaiting;
    }

    /** Whether whoever comes now must stand behind others, since somebody as urgent waits. */
    public boolean holdsBack(PriorityClass priority) {
        return !rotation.isEmpty() && rotation.first().key.priority().compareTo(priority) <= 0;
    }

    /** How many wait who are as urgent. */
    public int ahead(PriorityClass priority) {
        int ahead = 0;
        for (int i = 0; i <= priority.code(); i++) {
            ahead += waitingByClass[i];
        }
        return ahead;
    }

    /** How many wait. */
    public int waiting() {
        return ahead(PriorityClass.BULK);
    }

    /** Whether nobody waits or asks. */
    public boolean idle() {
        return rotation.isEmpty() && asking == 0;
    }

    /** A place at the end; empty when the line is full. */
    public Optional<Place> join(long tenantId, PriorityClass priority, Runnable turn) {
        if (waiting() >= mostWaiting) {
            return Optional.empty();
        }
        Place place = new Place(new PartyKey(tenantId, priority), ++numbers, turn);
        add(place, place.ticket);
        return Optional.of(place);
    }

    /** The gate lets nobody through before that time: until then nobody asks, and then one. */
    public void closed(long untilMillis) {
        opensAtMillis = untilMillis;
        mayAsk = 1;
    }

    /** The next whose turn it is, if any. It ends in {@link #granted}, {@link #refused} or {@link #leave}. */
    public Optional<Place> next(long nowMillis) {
        if (asking >= mayAsk || nowMillis < opensAtMillis || rotation.isEmpty()) {
            return Optional.empty();
        }
        Party party = rotation.pollFirst();
        Place place = party.waiting.pollFirstEntry().getValue();
        place.number = party.number;
        goOn(party, ++numbers);
        place.state = State.ASKING;
        waitingByClass[party.key.priority().code()]--;
        asking++;
        return Optional.of(place);
    }

    /** When there will be a next one; {@link Long#MAX_VALUE} when nobody waits or an answer must come first. */
    public long nextMillis() {
        return rotation.isEmpty() || asking >= mayAsk ? Long.MAX_VALUE : opensAtMillis;
    }

    /** Its question was granted. */
    public void granted(Place place) {
        leave(place);
    }

    /** The gate refused its question: it is first again, and nobody asks before that time. */
    public void refused(Place place, long untilMillis) {
        if (place.state == State.ASKING) {
            asking--;
            place.state = State.WAITING;
            add(place, place.number);
            closed(untilMillis);
        }
    }

    /** It needs the gate no more, or something else holds it: whether it waited, asked or is gone already. */
    public void leave(Place place) {
        if (place.state == State.ASKING) {
            asking--;
            mayAsk = Math.min(MOST_ASKING, mayAsk + 1);
        } else if (place.state == State.WAITING) {
            Party party = parties.get(place.party);
            rotation.remove(party);
            party.waiting.remove(place.ticket);
            waitingByClass[place.party.priority().code()]--;
            goOn(party, party.number);
        }
        place.state = State.GONE;
    }

    /** Among those of its party by its ticket; the party at this place in the rotation if it has no earlier one. */
    private void add(Place place, long number) {
        Party party = parties.computeIfAbsent(place.party, key -> new Party(key, number));
        rotation.remove(party);
        party.waiting.put(place.ticket, place);
        waitingByClass[place.party.priority().code()]++;
        goOn(party, Math.min(party.number, number));
    }

    /** A party that is not in the rotation takes its place there if somebody of it waits. */
    private void goOn(Party party, long number) {
        party.number = number;
        if (party.waiting.isEmpty()) {
            parties.remove(party.key);
        } else {
            rotation.add(party);
        }
    }
}
