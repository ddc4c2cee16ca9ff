package dev.sluice.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.http.Api;
import java.time.Duration;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
    private static final long JANUARY = 1_799_000_000_000L;

    private final Directory directory = new Directory();
    private final CallDraft draft = new CallDraft();
    private final App app;

    LedgerTest() {
        directory.addOrganisation("corp", "standard").people().addRange("user", 1_000_000);
        app = directory.addApp(App.of("corp", "app", "s", 1));
    }

    private void append(Ledger ledger, long millis, long hash, int firstPerson, int people) {
        draft.begin(Api.NOTICE_SEND, millis * 1_000_000, JANUARY + millis);
        draft.setApp(app);
        draft.setContentHash(hash);
        draft.setOutcome("0");
        draft.setMetered(true);
        for (int i = 0; i < people; i++) {
            draft.addRecipient(firstPerson + i, Verdict.SHOWN);
        }
        ledger.append(draft);
    }

    @ParameterizedTest
    @EnumSource(LedgerMode.class)
    void theWorstWindowsAreExactInEveryMode(LedgerMode mode) {
        Ledger ledger = new Ledger(directory, mode);
        for (long at : new long[] {0, 500, 999, 1000, 1400, 59_999, 60_000}) {
            append(ledger, at, 1, (int) at, 10);
        }

        assertThat(ledger.worstWindow("app", Api.NOTICE_SEND, Duration.ofSeconds(1)))
                .isEqualTo(4);
        assertThat(ledger.worstRecipientsWindowOfApp("app", Duration.ofMinutes(1)))
                .isEqualTo(60);
        assertThat(ledger.worstRecipientsWindowOfCorp("corp", Duration.ofMinutes(1)))
                .isEqualTo(60);
        assertThat(ledger.meteredCalls("corp", YearMonth.of(2027, 1))).isEqualTo(7);
        assertThat(ledger.recipients(Verdict.SHOWN)).isEqualTo(70);
    }

    @Test
    void theWorstWindowOfAnAddressCountsAllItsCallsAndNobodyElses() {
        Ledger ledger = new Ledger(directory, LedgerMode.CALLS);
        arrive(ledger, Api.GETTOKEN, 0, "10.0.0.1");
        arrive(ledger, Api.NOTICE_SEND, 1, "10.0.0.1");
        arrive(ledger, Api.NOTICE_SEND, 2, "10.0.0.2");
        arrive(ledger, Api.NOTICE_RESULT, 19_999, "10.0.0.1");
        arrive(ledger, Api.NOTICE_SEND, 20_000, "10.0.0.1");
        arrive(ledger, Api.NOTICE_SEND, 20_001, "10.0.0.2");

        assertThat(ledger.worstWindowOfAddress(Duration.ofSeconds(20))).isEqualTo(3);
    }

    private void arrive(Ledger ledger, Api api, long millis, String address) {
        draft.begin(api, millis * 1_000_000, JANUARY + millis);
        draft.setAddress(address);
        ledger.append(draft);
    }

    @Test
    void aCallThatWasLostOnItsWayIsInNoWindow() {
        Ledger ledger = new Ledger(directory, LedgerMode.FULL);
        draft.begin(Api.NOTICE_SEND, 0, JANUARY);
        draft.setApp(app);
        draft.setUnprocessed();
        ledger.append(draft);

        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.worstWindow("app", Api.NOTICE_SEND, Duration.ofSeconds(1)))
                .isZero();
    }

    @Test
    void aMillionRecipientsAreFoundAgain() {
        Ledger ledger = new Ledger(directory, LedgerMode.FULL);
        for (int call = 0; call < 10_000; call++) {
            append(ledger, call, 42, call * 100, 100);
        }
        append(ledger, 10_000, 42, 777_776, 1);

        assertThat(ledger.shownCount("corp", "user777777", 42)).isEqualTo(2);
        assertThat(ledger.shownCount("corp", "user777778", 42)).isEqualTo(1);
        assertThat(ledger.shownCount("corp", "user777778", 43)).isZero();
        assertThat(ledger.duplicates()).containsExactly(new Duplicate("corp", "user777777", 42, 2));
        assertThat(ledger.recipients(ledger.page(9_999, 1).getFirst()).getLast().userid())
                .isEqualTo("user1000000");
    }

    @Test
    void aModeSaysWhatItCannotAnswer() {
        Ledger ledger = new Ledger(directory, LedgerMode.COUNTERS);
        assertThatThrownBy(ledger::duplicates).hasMessageContaining("COUNTERS");
        assertThatThrownBy(() -> ledger.worstWindow("app", Api.NOTICE_SEND, Duration.ofSeconds(2)))
                .hasMessageContaining("PT1S");
    }
}
