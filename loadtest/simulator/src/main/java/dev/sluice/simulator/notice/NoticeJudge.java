package dev.sluice.simulator.notice;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.People;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import dev.sluice.simulator.limit.LongCounts;
import dev.sluice.simulator.limit.MinuteWindow;
import dev.sluice.simulator.settings.Limits;
import java.util.HashMap;
import java.util.Map;

/**
 * Who is shown a notice and who is dropped behind the success, person by person
 * (asynchronous-sending-of-enterprise-session-messages, 2026-05-29). Owned by the event loop.
 */
final class NoticeJudge {
    private final Map<String, NoticeCounters> apps = new HashMap<>();
    private final Map<String, MinuteWindow> corps = new HashMap<>();
    private final LongCounts seenInRound = new LongCounts();

    NoticeCounters counters(App app, long wallMillis) {
        NoticeCounters counters = apps.computeIfAbsent(app.appKey(), key -> new NoticeCounters());
        counters.roll(wallMillis);
        return counters;
    }

    /** Starts the judgement of one call; the one before must be closed. */
    Round round(App app, People people, Limits.Notice limits, CallDraft draft, long content) {
        return new Round(app, people, limits, draft, content);
    }

    void clear() {
        apps.clear();
        corps.clear();
    }

    /** One call: every person goes through {@link #add}, then {@link #close} books the minute. */
    final class Round {
        private final People people;
        private final Limits.Notice limits;
        private final CallDraft draft;
        private final long content;
        private final NoticeCounters counters;
        private final MinuteWindow minute;
        private final long room;
        private int minuteUsed;
        private Verdict everybody;

        private Round(App app, People people, Limits.Notice limits, CallDraft draft, long content) {
            this.people = people;
            this.limits = limits;
            this.draft = draft;
            this.content = content;
            this.counters = counters(app, draft.wallMillis());
            seenInRound.clear();
            this.minute = switch (limits.minuteScope()) {
                case APP -> counters.minute();
                case CORP -> corps.computeIfAbsent(app.corpId(), corp -> new MinuteWindow());
            };
            this.room = minute.room(limits.minuteWindow(), draft.wallMillis(), limits.recipientsPerMinute());
        }

        /** Drops everybody who would otherwise be shown it. */
        void dropEverybody(Verdict verdict) {
            everybody = verdict;
        }

        /** Judges a person; one who was named before in this call is skipped. */
        void add(int person) {
            if (seenInRound.increment(person + 1L) > 1) {
                return;
            }
            Verdict verdict = judge(person);
            boolean counts = switch (limits.minuteCounts()) {
                case ADDRESSED -> verdict != Verdict.INVALID && verdict != Verdict.OUT_OF_SCOPE;
                case SHOWN -> verdict == Verdict.SHOWN;
            };
            if (counts && minuteUsed < room) {
                minuteUsed++;
            } else if (verdict == Verdict.SHOWN) {
                verdict =
                        limits.minuteScope() == Limits.MinuteScope.APP ? Verdict.MINUTE_OF_APP : Verdict.MINUTE_OF_CORP;
            }
            if (verdict == Verdict.SHOWN) {
                counters.shown(person, content);
            }
            draft.addRecipient(person, verdict);
        }

        private Verdict judge(int person) {
            return switch (people.standing(person)) {
                case UNKNOWN -> Verdict.INVALID;
                case OUT_OF_SCOPE -> Verdict.OUT_OF_SCOPE;
                case SUPER_EXECUTIVE -> Verdict.SUPER_EXECUTIVE;
                case MEMBER -> judgeMember(person);
            };
        }

        private Verdict judgeMember(int person) {
            if (everybody != null) {
                return everybody;
            }
            if (draft.recipients() >= limits.recipientsPerCall()) {
                return Verdict.BEYOND_CALL;
            }
            if (counters.sameContentToday(person, content) >= limits.sameContentPerDay()) {
                return Verdict.SAME_CONTENT;
            }
            if (counters.messagesToday(person) >= limits.messagesPerPersonPerDay()) {
                return Verdict.DAILY_COUNT;
            }
            return Verdict.SHOWN;
        }

        void close() {
            if (minuteUsed > 0) {
                minute.add(draft.wallMillis(), minuteUsed);
            }
        }
    }
}
