package dev.sluice.engine.scheduling.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What waits in one lane, pure and in memory; {@link ServiceOrder} says who is next. A batch takes its leader's content and fills up with deliveries of the same
 * content from any submission. Holds a bounded window of submissions and of their deliveries; the rest stays in the database. Confined to the owner's event loop.
 */
public final class LaneQueue {
    /** Submissions held at once. Half would make batches of single sends with equal content smaller; double costs memory for lanes with long queues. */
    public static final int MOST_SUBMISSIONS = 1_000;
    /** More urgent submissions for which a full window makes room at once. */
    public static final int MOST_URGENT = 64;

    private static final Comparator<SubmissionWork.Spec> URGENCY =
            Comparator.comparing(SubmissionWork.Spec::priority).thenComparingLong(SubmissionWork.Spec::deliverByMillis);

    /** How soon those are looked for again who wait in the database but travelled when their page was read. */
    private static final long TRAVELLERS_MILLIS = 500;

    /** Whole pages in one question. Half asks twice as often where hundreds of campaigns run on one channel, double keeps the event loop of all lanes as long again with an answer. */
    private static final int MOST_PAGES = 20;

    /** Deliveries that all pages of the window have together, roughly. Half makes the pages of a hundred campaigns small, double costs each lane twenty megabytes. */
    private static final int MOST_LOADED = 100_000;
    /** However many submissions there are: half of it fills a call of any kind. */
    private static final int LEAST_PAGE = 200;

    private final int pageSize;
    private final Map<Long, SubmissionWork> works = new HashMap<>();
    private final ServiceOrder<SubmissionWork> order = new ServiceOrder<>();
    /** Who may want a page read, and who has deferred deliveries: so that a round does not look at everybody. */
    private final Set<SubmissionWork> toRead = new LinkedHashSet<>();

    private final Set<SubmissionWork> toWake = new LinkedHashSet<>();
    /** When it was last told the time. */
    private long lookedAtMillis;

    /**
     * @param pageSize deliveries of one submission read at once, where there are few submissions
     */
    public LaneQueue(int pageSize) {
        this.pageSize = pageSize;
    }

    /** Deliveries of one submission to be read at once now: a thousand submissions to a thousand people each are a million, and a lane of them a hundred megabytes. */
    public int pageRows() {
        return Math.min(pageSize, Math.max(LEAST_PAGE, MOST_LOADED / Math.max(1, works.size())));
    }

    /**
     * A row of the waiting deliveries of a submission.
     *
     * @param waitMillis how much longer it is held back; 0 for one that may go
     */
    public record Row(int ordinal, String recipient, int attempts, long waitMillis) {}

    /**
     * Takes a submission into the window; one that is known stays as it is. When the window is full, the least urgent of it makes room for a more urgent one, and is
     * read again later.
     *
     * @return false when there is no room for it
     */
    public boolean offer(SubmissionWork.Spec spec) {
        if (works.containsKey(spec.id())) {
            return true;
        }
        if (room() == 0 && !makeRoomFor(spec)) {
            return false;
        }
        SubmissionWork work = new SubmissionWork(spec);
        works.put(spec.id(), work);
        order.join(work);
        toRead.add(work);
        return true;
    }

    private boolean makeRoomFor(SubmissionWork.Spec spec) {
        SubmissionWork leastUrgent =
                Collections.max(works.values(), Comparator.comparing(SubmissionWork::spec, URGENCY));
        if (URGENCY.compare(spec, leastUrgent.spec()) >= 0) {
            return false;
        }
        drop(leastUrgent);
        return true;
    }

    /** How many more submissions fit. */
    public int room() {
        return MOST_SUBMISSIONS - works.size();
    }

    /** The submissions in the window. */
    public Collection<SubmissionWork> works() {
        return works.values();
    }

    /** A submission in the window, null when it is not. */
    public SubmissionWork work(long submissionId) {
        return works.get(submissionId);
    }

    /** Submissions in the window whose deadline has passed. */
    public List<SubmissionWork> late(long nowMillis) {
        return works.values().stream()
                .filter(work -> work.spec().deliverByMillis() <= nowMillis)
                .toList();
    }

    /** Deliveries in memory that may go as far as this lane's order is concerned. */
    public int readyCount() {
        return order.readyCount();
    }

    /** Submissions of which a page should be read now, as many as one question is for; they count as loading until {@link #loaded}. */
    public List<SubmissionWork> startLoading() {
        if (toRead.isEmpty()) {
            return List.of();
        }
        List<SubmissionWork> wanting = new ArrayList<>();
        Iterator<SubmissionWork> next = toRead.iterator();
        for (int rows = 0; next.hasNext() && rows < MOST_PAGES * pageSize; ) {
            SubmissionWork work = next.next();
            next.remove();
            if (works.get(work.id()) == work && work.wantsPage(pageRows() / 2)) {
                work.loading = true;
                wanting.add(work);
                rows += Math.min(pageRows(), work.unread());
            }
        }
        return wanting;
    }

    /**
     * What reading a page brought.
     *
     * @param rows waiting deliveries from the work's cursor on, in order, without those that travel
     * @param travelling how many were left out for that: they are not settled, and may come back
     * @param end the ordinal below which everything was read
     */
    public void loaded(SubmissionWork work, List<Row> rows, int travelling, int end, long nowMillis) {
        work.loading = false;
        if (works.get(work.id()) != work) {
            return;
        }
        unlist(work);
        SubmissionWork.Page page = work.page(end, rows.size() + travelling);
        if (travelling > 0) {
            work.sweepAgain(nowMillis + TRAVELLERS_MILLIS);
            toWake.add(work);
        }
        for (Row row : rows) {
            Pending pending = new Pending(work, page, row.ordinal(), row.recipient(), row.attempts());
            pending.notBeforeMillis = nowMillis + row.waitMillis();
            if (row.waitMillis() == 0) {
                work.ready.addLast(pending);
            } else {
                work.defer(pending);
                toWake.add(work);
            }
        }
        list(work);
        noteWants(work);
    }

    /** Reading failed: it will be asked for again. */
    public void loadFailed(SubmissionWork work) {
        work.loading = false;
        noteWants(work);
    }

    /** Makes due what was deferred until now. */
    public void wake(long nowMillis) {
        followSetBack(nowMillis);
        toWake.removeIf(work -> {
            if (works.get(work.id()) == work && work.nextDueMillis() <= nowMillis) {
                unlist(work);
                work.wake(nowMillis);
                list(work);
                noteWants(work);
            }
            return works.get(work.id()) != work || !work.sleeps();
        });
    }

    /** Where the wall clock was set back, who is held back is due as much earlier: nobody waits longer than was meant. */
    private void followSetBack(long nowMillis) {
        long setBackMillis = lookedAtMillis - nowMillis;
        if (setBackMillis > 0) {
            toWake.forEach(work -> work.dueEarlier(setBackMillis));
        }
        lookedAtMillis = nowMillis;
    }

    /** When {@link #wake} has something to do next. */
    public long nextDueMillis() {
        long next = Long.MAX_VALUE;
        for (SubmissionWork work : toWake) {
            next = Math.min(next, work.nextDueMillis());
        }
        return next;
    }

    /** What would go next. */
    public sealed interface Front {
        /** Nothing in memory may go. */
        record Nothing() implements Front {}

        /** The leader's next page is being read: the batch would be fuller in a moment. */
        record AwaitPage(SubmissionWork leader) implements Front {}

        /** This many people with the leader's content. */
        record Batch(SubmissionWork leader, int people) implements Front {
            /**
             * What a call that was asked for this batch carries when {@code next} would go by now; nothing when the gates should be asked anew. Never more people than
             * they were asked for, nobody of a less urgent class, for whom they might have said no, and of another content all or nobody: a call for a few of a
             * larger batch would be spent for people for whom the batch's other calls have room.
             */
            public Optional<Batch> carrying(Batch next) {
                int urgency =
                        next.leader.spec().priority().compareTo(leader.spec().priority());
                if (urgency > 0) {
                    return Optional.empty();
                }
                if (next.people <= people) {
                    return Optional.of(next);
                }
                if (next.isOfContentOf(leader)) {
                    return Optional.of(new Batch(next.leader, people));
                }
                return urgency < 0 ? Optional.empty() : Optional.of(this);
            }

            /** The same while a page of the most urgent is read: it would be fuller in a moment, what is of another content need not wait for it. */
            public Optional<Batch> besides(AwaitPage await) {
                return isOfContentOf(await.leader()) ? Optional.empty() : Optional.of(this);
            }

            private boolean isOfContentOf(SubmissionWork other) {
                return leader.spec().contentHash().equals(other.spec().contentHash());
            }
        }
    }

    /**
     * The batch that would be formed now.
     *
     * @param lowestClass the lowest class that may go (its number), -1 for none
     * @param mostPeople most people in a call
     */
    public Front front(int lowestClass, int mostPeople) {
        return front(order.leader(lowestClass), lowestClass, mostPeople);
    }

    /**
     * The batch that would be formed of another content, if anything else may go.
     *
     * @param contentHash which goes last
     */
    public Front frontBeside(UUID contentHash, int lowestClass, int mostPeople) {
        return front(order.leaderBeside(contentHash, lowestClass), lowestClass, mostPeople);
    }

    private Front front(SubmissionWork leader, int lowestClass, int mostPeople) {
        if (leader == null) {
            return new Front.Nothing();
        }
        int cap = Math.min(mostPeople, leader.mostCompany());
        int people = order.company(leader, lowestClass, cap);
        if (people >= cap) {
            return new Front.Batch(leader, cap);
        }
        return leader.fullyRead() ? new Front.Batch(leader, people) : new Front.AwaitPage(leader);
    }

    /**
     * Takes a batch of one content, in order of urgency, from whichever submissions have it ready. They are in flight until given to
     * {@link #settled}, {@link #putBack} or {@link #defer}.
     *
     * @param lowestClass the lowest class that may travel (its number)
     */
    public List<Pending> take(UUID contentHash, int mostPeople, int lowestClass) {
        return takeBeside(0, contentHash, mostPeople, lowestClass);
    }

    /**
     * The same for a call in which others travel already.
     *
     * @param company how many others
     */
    public List<Pending> takeBeside(int company, UUID contentHash, int mostPeople, int lowestClass) {
        List<Pending> batch = new ArrayList<>(mostPeople);
        SubmissionWork work = order.leader(contentHash, lowestClass);
        while (work != null && batch.size() < mostPeople) {
            unlist(work);
            int before = batch.size();
            int cap = mostPeople;
            while (!work.ready.isEmpty() && batch.size() < cap) {
                cap = Math.min(cap, work.mostCompany() - company);
                if (batch.size() >= cap) {
                    break;
                }
                batch.add(work.ready.pollFirst());
                work.inFlight++;
            }
            order.served(work, batch.size() - before);
            list(work);
            noteWants(work);
            if (cap < mostPeople) {
                return batch;
            }
            work = order.leader(contentHash, lowestClass);
        }
        return batch;
    }

    /** It ended; the window forgets it. */
    public void settled(Pending pending) {
        pending.work.inFlight--;
        pending.work.settled(pending);
        forgetIfDone(pending.work);
    }

    /** It may go again at once, first of its submission. */
    public void putBack(Pending pending) {
        SubmissionWork work = pending.work;
        work.inFlight--;
        if (works.get(work.id()) == work) {
            unlist(work);
            order.returned(work, 1);
            work.ready.addFirst(pending);
            list(work);
        } else {
            readAgain(work.id());
        }
    }

    /** It may go again at {@code notBeforeMillis}. */
    public void defer(Pending pending, long notBeforeMillis) {
        SubmissionWork work = pending.work;
        work.inFlight--;
        pending.notBeforeMillis = notBeforeMillis;
        if (works.get(work.id()) == work) {
            unlist(work);
            order.returned(work, 1);
            work.defer(pending);
            list(work);
            toWake.add(work);
        } else {
            readAgain(work.id());
        }
    }

    /** A delivery came back to a submission that left the window meanwhile and may have come back without it. */
    private void readAgain(long submissionId) {
        SubmissionWork current = works.get(submissionId);
        if (current != null) {
            current.sweepAgain(0);
            toWake.add(current);
        }
    }

    /** Drops a submission from the window: paused, cancelled, expired. What is in flight of it goes on. */
    public void drop(SubmissionWork work) {
        SubmissionWork dropped = works.remove(work.id());
        if (dropped != null) {
            unlist(dropped);
            order.leave(dropped);
        }
    }

    /** Forgets those of the submissions of which nothing is left. */
    public void forgetDone(Collection<SubmissionWork> candidates) {
        candidates.forEach(this::forgetIfDone);
    }

    private void noteWants(SubmissionWork work) {
        if (work.wantsPage(pageRows() / 2)) {
            toRead.add(work);
        }
    }

    private void forgetIfDone(SubmissionWork work) {
        if (work.done() && works.remove(work.id(), work)) {
            order.leave(work);
        }
    }

    private void unlist(SubmissionWork work) {
        order.unlist(work);
    }

    private void list(SubmissionWork work) {
        if (works.get(work.id()) == work) {
            order.list(work);
        }
    }
}
