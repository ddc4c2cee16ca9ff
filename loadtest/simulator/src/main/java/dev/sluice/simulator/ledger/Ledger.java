package dev.sluice.simulator.ledger;

import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.People;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.limit.LongCounts;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Every call that reached the simulator, in the order of its judgement, and every recipient: the truth that an engine's
 * own books are compared with.
 *
 * <p>Append-only until {@link #clear()}. Memory depends on the {@link LedgerMode}; nothing is dropped, so a run of
 * hundreds of millions of recipients wants {@code COUNTERS}. Safe for any thread; queries scan and hold up the platform
 * while they do.
 */
public final class Ledger {
    private final Directory directory;
    private LedgerMode mode;
    private CallColumns calls;
    private RecipientColumns recipients;
    private LongCounts shownCounts;
    private Map<String, Map<YearMonth, Long>> meteredMonths;
    private Totals totals;
    private long size;

    public Ledger(Directory directory, LedgerMode mode) {
        this.directory = directory;
        start(mode);
    }

    private void start(LedgerMode newMode) {
        mode = newMode;
        calls = new CallColumns();
        recipients = new RecipientColumns();
        shownCounts = new LongCounts();
        meteredMonths = new HashMap<>();
        totals = new Totals(newMode == LedgerMode.COUNTERS);
        size = 0;
    }

    /** Forgets everything. */
    public synchronized void clear() {
        start(mode);
    }

    /** Forgets everything and goes on in another mode. */
    public synchronized void restart(LedgerMode newMode) {
        start(newMode);
    }

    /** Adds the call that was just answered. */
    public synchronized void append(CallDraft draft) {
        size++;
        totals.add(draft);
        if (draft.isMetered()) {
            meteredMonths
                    .computeIfAbsent(draft.corpId(), corp -> new HashMap<>())
                    .merge(PlatformClock.chinaMonth(draft.wallMillis()), 1L, Long::sum);
        }
        if (mode != LedgerMode.COUNTERS) {
            calls.append(draft, recipients.size());
        }
        if (mode == LedgerMode.FULL) {
            appendRecipients(draft);
        }
    }

    private void appendRecipients(CallDraft draft) {
        long content = draft.recipients() == 0 ? 0 : contentKey(draft.corpId(), draft.contentHash());
        for (int i = 0; i < draft.recipients(); i++) {
            recipients.append(draft.person(i), draft.verdict(i));
            if (draft.verdict(i) == Verdict.SHOWN) {
                shownCounts.increment(LongCounts.key(content, draft.person(i)));
            }
        }
    }

    private static long contentKey(String corpId, long contentHash) {
        return LongCounts.key(contentHash, corpId.hashCode());
    }

    /** Calls that arrived, lost ones included. */
    public synchronized long size() {
        return size;
    }

    /** How often a content was shown to a person ({@code robot:<name>} for a group); needs {@link LedgerMode#FULL}. */
    public synchronized int shownCount(String corpId, String userid, long contentHash) {
        need(LedgerMode.FULL);
        int person = directory.organisation(corpId).people().indexOf(userid);
        return shownCounts.get(LongCounts.key(contentKey(corpId, contentHash), person));
    }

    /** Everybody to whom one content was shown more than once; needs {@link LedgerMode#FULL}. */
    public synchronized List<Duplicate> duplicates() {
        need(LedgerMode.FULL);
        Set<Duplicate> found = new HashSet<>();
        for (long number = 0; number < calls.size(); number++) {
            CallRow call = calls.row(number);
            if (call.shown() > 0) {
                collectDuplicates(call, found);
            }
        }
        return List.copyOf(found);
    }

    private void collectDuplicates(CallRow call, Set<Duplicate> found) {
        People people = directory.organisation(call.corpId()).people();
        long content = contentKey(call.corpId(), call.contentHash());
        long first = calls.firstRecipient(call.number());
        for (long i = first; i < first + call.recipients(); i++) {
            int shown = shownCounts.get(LongCounts.key(content, recipients.person(i)));
            if (shown > 1 && recipients.verdict(i) == Verdict.SHOWN) {
                found.add(new Duplicate(call.corpId(), people.userid(recipients.person(i)), call.contentHash(), shown));
            }
        }
    }

    /** The recipients of one call; needs {@link LedgerMode#FULL}. */
    public synchronized List<RecipientRow> recipients(CallRow call) {
        need(LedgerMode.FULL);
        List<RecipientRow> rows = new ArrayList<>(call.recipients());
        if (call.recipients() > 0) {
            People people = directory.organisation(call.corpId()).people();
            long first = calls.firstRecipient(call.number());
            for (long i = first; i < first + call.recipients(); i++) {
                String userid = people.userid(recipients.person(i));
                rows.add(new RecipientRow(call.number(), call.corpId(), userid, recipients.verdict(i)));
            }
        }
        return rows;
    }

    /** Up to {@code limit} calls from a position on; needs {@link LedgerMode#CALLS} or more. */
    public synchronized List<CallRow> page(long from, int limit) {
        need(LedgerMode.CALLS);
        List<CallRow> rows = new ArrayList<>();
        for (long number = from; number < Math.min(calls.size(), from + limit); number++) {
            rows.add(calls.row(number));
        }
        return rows;
    }

    /** Passes every call in order; needs {@link LedgerMode#CALLS} or more. */
    public synchronized void forEach(Consumer<CallRow> action) {
        need(LedgerMode.CALLS);
        for (long number = 0; number < calls.size(); number++) {
            action.accept(calls.row(number));
        }
    }

    /** Most calls of one app to one API in any window on the platform's clock (throttled ones included). */
    public synchronized long worstWindow(String appKey, Api api, Duration window) {
        if (mode == LedgerMode.COUNTERS) {
            needWindow(window, Duration.ofSeconds(1));
            return totals.worstSecond(appKey, api);
        }
        WorstWindow worst = new WorstWindow(window.toNanos());
        forEachProcessed(
                call -> call.api() == api && call.appKey().equals(appKey), call -> worst.add(call.arrivalNanos(), 1));
        return worst.worst();
    }

    /** Most calls from one address to whatever API in any window, whatever was answered; needs {@link LedgerMode#CALLS} or more. */
    public synchronized long worstWindowOfAddress(Duration window) {
        Map<String, WorstWindow> addresses = new HashMap<>();
        forEachProcessed(
                call -> true,
                call -> addresses
                        .computeIfAbsent(call.address(), address -> new WorstWindow(window.toNanos()))
                        .add(call.arrivalNanos(), 1));
        return addresses.values().stream().mapToLong(WorstWindow::worst).max().orElse(0);
    }

    /** Most recipients that one app addressed with work notices in any window, whatever became of them. */
    public synchronized long worstRecipientsWindowOfApp(String appKey, Duration window) {
        if (mode == LedgerMode.COUNTERS) {
            needWindow(window, Duration.ofMinutes(1));
            return totals.worstMinuteOfApp(appKey);
        }
        return worstRecipients(call -> call.appKey().equals(appKey), window);
    }

    /** The same over all apps of one organisation. */
    public synchronized long worstRecipientsWindowOfCorp(String corpId, Duration window) {
        if (mode == LedgerMode.COUNTERS) {
            needWindow(window, Duration.ofMinutes(1));
            return totals.worstMinuteOfCorp(corpId);
        }
        return worstRecipients(call -> call.corpId().equals(corpId), window);
    }

    private long worstRecipients(Predicate<CallRow> wanted, Duration window) {
        WorstWindow worst = new WorstWindow(window.toMillis());
        forEachProcessed(
                call -> call.api() == Api.NOTICE_SEND && call.recipients() > 0 && wanted.test(call),
                call -> worst.add(call.wallMillis(), call.recipients()));
        return worst.worst();
    }

    private void forEachProcessed(Predicate<CallRow> wanted, Consumer<CallRow> action) {
        forEach(call -> {
            if (call.processed() && wanted.test(call)) {
                action.accept(call);
            }
        });
    }

    /** Recipients by what became of them. */
    public synchronized long recipients(Verdict verdict) {
        return totals.verdicts(verdict);
    }

    /** Recipients that were dropped behind a success, by the platform's code. */
    public synchronized Map<String, Long> drops() {
        Map<String, Long> drops = new HashMap<>();
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.SHOWN && totals.verdicts(verdict) > 0) {
                drops.merge(verdict.code(), totals.verdicts(verdict), Long::sum);
            }
        }
        return drops;
    }

    /** Answers by code, {@code "0"} for success. */
    public synchronized Map<String, Long> outcomes() {
        return totals.outcomes();
    }

    /** Answers that said "too fast", of any kind. */
    public synchronized long throttleAnswers() {
        return totals.throttled();
    }

    /** Calls that cost something of the API pool, over all organisations; what webhooks cost is in {@link dev.sluice.simulator.limit.MonthMeter} alone. */
    public synchronized long meteredCalls() {
        return totals.metered();
    }

    /** The same of one organisation in one month; what others spent of it is not in it. */
    public synchronized long meteredCalls(String corpId, YearMonth month) {
        return meteredMonths.getOrDefault(corpId, Map.of()).getOrDefault(month, 0L);
    }

    private void need(LedgerMode least) {
        if (mode.compareTo(least) > 0) {
            throw new IllegalStateException("the ledger runs in mode " + mode + "; this needs " + least);
        }
    }

    private static void needWindow(Duration asked, Duration kept) {
        if (!asked.equals(kept)) {
            throw new IllegalStateException("in mode COUNTERS only a window of " + kept + " is kept");
        }
    }
}
