package dev.sluice.loadtest.evidence;

import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallRow;
import dev.sluice.simulator.ledger.Ledger;
import dev.sluice.simulator.ledger.RecipientRow;
import dev.sluice.simulator.ledger.Verdict;
import dev.sluice.simulator.ledger.WorstWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The platform's ledger of one organisation, added up. Read once, after a run. */
public final class PlatformTally {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** People in one call (asynchronous-sending-of-enterprise-session-messages, 2026-05-29; the robot's page says 20). */
    private static final Map<Api, Integer> PEOPLE_PER_CALL =
            new EnumMap<>(Map.of(Api.NOTICE_SEND, 100, Api.ROBOT_SEND, 20, Api.WEBHOOK_SEND, 1));
    /** What the platform drops since a limit was passed, not since of who somebody is. */
    private static final Set<Verdict> CAUSED = Set.of(
            Verdict.SAME_CONTENT,
            Verdict.DAILY_COUNT,
            Verdict.MINUTE_OF_APP,
            Verdict.MINUTE_OF_CORP,
            Verdict.BEYOND_CALL,
            Verdict.TO_ALL_COUNT,
            Verdict.FLOW_CONTROL);

    /** Asking what became of calls. */
    private static final Set<Api> QUESTIONS = EnumSet.of(Api.NOTICE_RESULT, Api.NOTICE_PROGRESS, Api.ROBOT_READ_STATUS);

    /** How the API families say that an organisation's month is spent (the webhook's code: community answer). */
    static final Set<String> MONTH_SPENT = Set.of("90020", "Forbidden.AccessDenied.ApiCountLimitForOrg", "90030");

    private record Content(Api api, long hash) {}

    /** Somebody, or a group by the name of its robot, and a content. */
    record Showing(String userid, long hash) {}

    private record Notice(long wallMillis, int people, long hash) {}

    private record Lane(String appKey, Api api) {}

    /** A call that carried messages, refused or not. */
    record SendCall(String appKey, long arrivalNanos, long hash) {}

    private final Map<Content, Set<String>> addressed = new HashMap<>();
    private final Map<Showing, Verdict> verdicts = new HashMap<>();
    private final Map<Showing, Long> shownAgain = new HashMap<>();
    private final Map<Long, SendCall> firstCalls = new HashMap<>();
    private final List<SendCall> sends = new ArrayList<>();
    private final Map<Long, Long> lastShown = new HashMap<>();
    private final Map<Lane, WorstWindow> seconds = new HashMap<>();
    private final WorstWindow minute = new WorstWindow(MINUTE_MILLIS);
    private final List<Notice> notices = new ArrayList<>();
    private long sendCalls;
    private long questions;
    private long shown;
    private long caused;
    private long repeated;
    private long monthRefusals;
    private long refusedSends;

    private PlatformTally() {}

    /** What an organisation has that was never called. */
    public static PlatformTally empty() {
        return new PlatformTally();
    }

    /** The tallies of all organisations that were called, by CorpId; reads the ledger once. */
    public static Map<String, PlatformTally> byOrganisation(Simulator simulator) {
        Map<String, PlatformTally> tallies = new HashMap<>();
        Ledger ledger = simulator.ledger();
        ledger.forEach(call -> {
            if (call.processed()) {
                tallies.computeIfAbsent(call.corpId(), corpId -> new PlatformTally())
                        .add(call, ledger);
            }
        });
        // A call that was refused before anybody looked whose it is may have been anybody's.
        long nobodys = tallies.getOrDefault("", empty()).refusedSends();
        tallies.values().forEach(tally -> tally.refusedSends += nobodys);
        return tallies;
    }

    private void add(CallRow call, Ledger ledger) {
        seconds.computeIfAbsent(new Lane(call.appKey(), call.api()), lane -> new WorstWindow(SECOND_NANOS))
                .add(call.arrivalNanos(), 1);
        questions += QUESTIONS.contains(call.api()) ? 1 : 0;
        monthRefusals += MONTH_SPENT.contains(call.outcome()) ? 1 : 0;
        if (PEOPLE_PER_CALL.containsKey(call.api())) {
            add(call, ledger.recipients(call));
        }
    }

    private void add(CallRow call, List<RecipientRow> recipients) {
        sendCalls++;
        refusedSends += recipients.isEmpty() ? 1 : 0;
        SendCall sent = new SendCall(call.appKey(), call.arrivalNanos(), call.contentHash());
        firstCalls.putIfAbsent(call.contentHash(), sent);
        sends.add(sent);
        if (call.shown() > 0) {
            lastShown.put(call.contentHash(), call.wallMillis());
        }
        if (call.api() == Api.NOTICE_SEND && call.recipients() > 0) {
            notices.add(new Notice(call.wallMillis(), call.recipients(), call.contentHash()));
            minute.add(call.wallMillis(), call.recipients());
        }
        Set<String> people =
                addressed.computeIfAbsent(new Content(call.api(), call.contentHash()), content -> new HashSet<>());
        for (RecipientRow recipient : recipients) {
            people.add(recipient.userid());
            Showing showing = new Showing(recipient.userid(), call.contentHash());
            boolean before = verdicts.get(showing) == Verdict.SHOWN;
            if (recipient.verdict() == Verdict.SHOWN) {
                countShown(showing, before);
            }
            boolean again = recipient.verdict() == Verdict.SAME_CONTENT && before;
            repeated += again ? 1 : 0;
            caused += !again && CAUSED.contains(recipient.verdict()) ? 1 : 0;
            verdicts.merge(showing, recipient.verdict(), (first, second) -> first == Verdict.SHOWN ? first : second);
        }
    }

    private void countShown(Showing showing, boolean before) {
        shown++;
        if (before) {
            shownAgain.merge(showing, 2L, (times, unused) -> times + 1);
        }
    }

    /** How often a content was shown to those who saw it more than once. */
    Map<Showing, Long> shownAgain() {
        return shownAgain;
    }

    /** Whether the platform showed a content to somebody. */
    boolean isShown(String userid, long hash) {
        return verdicts.get(new Showing(userid, hash)) == Verdict.SHOWN;
    }

    /** Whether the platform took somebody in a call and then showed them nothing. */
    public boolean isDropped(String userid, long hash) {
        Verdict verdict = verdicts.get(new Showing(userid, hash));
        return verdict != null && verdict != Verdict.SHOWN;
    }

    /** Whether it did so because of who they are or of what they were sent: not for a limit that was passed. */
    boolean isRefused(String userid, long hash) {
        return isDropped(userid, hash) && !CAUSED.contains(verdicts.get(new Showing(userid, hash)));
    }

    /** Whether the platform took somebody in a call for a content, whatever became of them. */
    boolean isTaken(String userid, long hash) {
        return verdicts.containsKey(new Showing(userid, hash));
    }

    /** Everybody whom it took, with the contents. */
    Set<Showing> taken() {
        return verdicts.keySet();
    }

    /** Calls with messages that it refused as a whole: of those its ledger names nobody. */
    long refusedSends() {
        return refusedSends;
    }

    /** Everybody who was in a call, whatever became of it. */
    public Set<String> everybody() {
        Set<String> everybody = new HashSet<>();
        addressed.values().forEach(everybody::addAll);
        return everybody;
    }

    /** When a content arrived first, in nanoseconds of the platform's clock. */
    public OptionalLong arrivalNanos(long hash) {
        SendCall first = firstCalls.get(hash);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.arrivalNanos());
    }

    /** The call with which a content arrived first; null where it never did. */
    SendCall firstCall(long hash) {
        return firstCalls.get(hash);
    }

    /** All calls that carried messages, in the order in which they arrived. */
    List<SendCall> sends() {
        return sends;
    }

    /** When the platform showed a content to somebody last, on its clock; long ago where it never did. */
    long lastShownMillis(long hash) {
        return lastShown.getOrDefault(hash, Long.MIN_VALUE);
    }

    /** People to whom a message was shown, each message counted. */
    public long shown() {
        return shown;
    }

    /** People whom the platform dropped because it had shown them the same content before: what the resend of a doubtful call asks for. */
    public long repeated() {
        return repeated;
    }

    /**
     * Of these, those whom nothing asked for: a resend has at most as many people as fit into a call.
     *
     * @param doubtful calls that got no answer, or none that says that the platform took them
     */
    public long repeatedBeyond(long doubtful) {
        return Math.max(0, repeated - doubtful * PEOPLE_PER_CALL.get(Api.NOTICE_SEND));
    }

    /** People whom the platform dropped because another limit was passed. */
    public long caused() {
        return caused;
    }

    /** Calls of whichever API that the platform refused since the month is spent. */
    public long monthRefusals() {
        return monthRefusals;
    }

    /** Calls that carried messages. */
    public long sendCalls() {
        return sendCalls;
    }

    /**
     * Calls that asked what became of others, beyond what need be.
     *
     * @param ofEach how often may be asked about a call that carried messages
     */
    public long idleQuestions(long ofEach) {
        return Math.max(0, questions - sendCalls * ofEach);
    }

    /** Most calls of an app to an API in any second. */
    public long worstSecond(String appKey, Api api) {
        WorstWindow worst = seconds.get(new Lane(appKey, api));
        return worst == null ? 0 : worst.worst();
    }

    /** Most people of work notices in any minute. */
    public long worstMinute() {
        return minute.worst();
    }

    /**
     * The least calls that could carry the same contents to the same people.
     *
     * @param early people of a content who got it in calls of their own, before the others were there to share them
     * @param mostPeople in a call, as its sender wants it; the platform may take fewer
     */
    public long leastCalls(long hash, long early, int mostPeople) {
        return addressed.entrySet().stream()
                .mapToLong(content -> {
                    long fits = Math.min(
                            mostPeople, PEOPLE_PER_CALL.get(content.getKey().api()));
                    long before = content.getKey().hash() == hash ? early : 0;
                    return Math.ceilDiv(before, fits)
                            + Math.ceilDiv(content.getValue().size() - before, fits);
                })
                .sum();
    }

    /** Whole minutes from the first notice on, at whose end people of a content still waited. */
    public long fullMinutes(long bulkHash) {
        if (notices.isEmpty()) {
            return 0;
        }
        long last = notices.stream()
                .filter(notice -> notice.hash() == bulkHash)
                .mapToLong(Notice::wallMillis)
                .max()
                .orElse(0);
        return Math.max(0, (last - notices.getFirst().wallMillis()) / MINUTE_MILLIS);
    }

    /** People addressed in so many minutes from the first notice on. */
    public long peopleInFirst(long minutes) {
        long end = notices.isEmpty()
                ? 0
                : notices.getFirst().wallMillis() + Duration.ofMinutes(minutes).toMillis();
        return notices.stream()
                .filter(notice -> notice.wallMillis() < end)
                .mapToLong(Notice::people)
                .sum();
    }
}
