package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.PriorityClass;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who is served next in one lane, by count and pure: whether the deliveries behind a count are rows in a page or only a number is its user's. Classes in order;
 * inside a class the earliest deadline first, and among equals whoever was served least, so that one person never waits behind a million. Confined to one thread.
 *
 * @param <S> what has deliveries to send
 */
public final class ServiceOrder<S extends ServiceOrder.Served> {
    private static final Comparator<Served> BY_URGENCY = Comparator.comparingInt((Served one) -> one.priority.code())
            .thenComparingLong(one -> one.deliverByMillis)
            .thenComparingLong(one -> one.virtualTime)
            .thenComparingLong(one -> one.id);

    private final TreeSet<S> ready = new TreeSet<>(BY_URGENCY);
    private final Map<UUID, TreeSet<S>> readyByContent = new HashMap<>();
    private final Map<Rank, Peers> peers = new HashMap<>();
    private int readyCount;

    /** What decides before service does. */
    private record Rank(PriorityClass priority, long deliverByMillis) {}

    /** Those of one rank, who are served in turn: what others got meanwhile makes none of them wait. */
    private static final class Peers {
        int members;
        /** Where a newcomer joins: nobody who was served before is owed more than it. */
        long virtualNow;
    }

    /** A submission that waits its turn. */
    public abstract static class Served {
        private final long id;
        private final PriorityClass priority;
        private final long deliverByMillis;
        private final UUID contentHash;
        private Peers peers;
        /** Service received, in deliveries, on the common scale of its peers: whoever has least is next. */
        private long virtualTime;

        /**
         * @param deliverByMillis wall time, {@link Long#MAX_VALUE} for none
         */
        protected Served(long id, PriorityClass priority, long deliverByMillis, UUID contentHash) {
            this.id = id;
            this.priority = priority;
            this.deliverByMillis = deliverByMillis;
            this.contentHash = contentHash;
        }

        /** Its name; later ones are younger. */
        public final long id() {
            return id;
        }

        /** Deliveries of it that may go now. Must not change while it is listed. */
        protected abstract int readyCount();

        /** Most people with whom the first of them may travel. */
        protected int mostCompany() {
            return Integer.MAX_VALUE;
        }
    }

    /** It comes, once, before anything else. */
    public void join(S one) {
        Served mine = one;
        mine.peers = peers.computeIfAbsent(rank(mine), first -> new Peers());
        mine.peers.members++;
        mine.virtualTime = mine.peers.virtualNow;
    }

    /** It goes for good, once; it must be unlisted. */
    public void leave(S one) {
        Served mine = one;
        mine.peers.members--;
        if (mine.peers.members == 0) {
            peers.remove(rank(mine));
        }
    }

    /** Deliveries that may go. */
    public int readyCount() {
        return readyCount;
    }

    /** Puts it in its place, if anything of it may go. */
    public void list(S one) {
        if (one.readyCount() > 0) {
            ready.add(one);
            readyCount += one.readyCount();
            readyByContent
                    .computeIfAbsent(content(one), hash -> new TreeSet<>(BY_URGENCY))
                    .add(one);
        }
    }

    /** Takes it out of the order, which must be done before its count or its service changes. */
    public void unlist(S one) {
        if (ready.remove(one)) {
            readyCount -= one.readyCount();
            TreeSet<S> same = readyByContent.get(content(one));
            same.remove(one);
            if (same.isEmpty()) {
                readyByContent.remove(content(one));
            }
        }
    }

    /** The most urgent, null when nothing may go. */
    public S leader(int lowestClass) {
        return ready.isEmpty() ? null : allowed(ready.first(), lowestClass);
    }

    /** The most urgent of all contents but one, whatever its class; the most urgent of all where no other may go, null when nothing may. */
    public S leaderBeside(UUID contentHash, int lowestClass) {
        S first = leader(lowestClass);
        if (first == null || !content(first).equals(contentHash)) {
            return first;
        }
        return ready.stream()
                .filter(one -> !content(one).equals(contentHash))
                .findFirst()
                .filter(one -> allowed(one, lowestClass) != null)
                .orElse(first);
    }

    /** The most urgent with a content, null when there is none that may go. */
    public S leader(UUID contentHash, int lowestClass) {
        TreeSet<S> same = readyByContent.get(contentHash);
        return same == null ? null : allowed(same.first(), lowestClass);
    }

    /** How many with the leader's content may go with it, at most so many. */
    public int company(S leader, int lowestClass, int most) {
        int people = 0;
        for (S one : readyByContent.get(content(leader))) {
            if (people >= most || allowed(one, lowestClass) == null) {
                break;
            }
            people += one.readyCount();
        }
        return Math.min(people, most);
    }

    /** So many deliveries of it go; it must be unlisted. */
    public void served(S one, int deliveries) {
        Served mine = one;
        mine.virtualTime += deliveries;
        mine.peers.virtualNow = Math.max(mine.peers.virtualNow, mine.virtualTime - 1);
    }

    /** So many deliveries of it came back: they were not served, and go before what came later. It must be unlisted. */
    public void returned(S one, int deliveries) {
        Served mine = one;
        mine.virtualTime -= deliveries;
    }

    private static <S extends Served> S allowed(S one, int lowestClass) {
        Served mine = one;
        return mine.priority.code() <= lowestClass ? one : null;
    }

    private static UUID content(Served one) {
        return one.contentHash;
    }

    private static Rank rank(Served one) {
        return new Rank(one.priority, one.deliverByMillis);
    }
}
