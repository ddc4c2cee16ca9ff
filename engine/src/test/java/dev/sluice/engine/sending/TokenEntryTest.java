package dev.sluice.engine.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.TokenProtocol.TokenReply;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.PlatformCode;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenEntryTest {
    private static final long LIFE_SECONDS = 7_200;
    private static final long RENEWED_MILLIS = 6_480_000;
    private static final long ENDS_MILLIS = 7_140_000;
    private static final TokenReply FAILED = new TokenReply.Failed("no connection");

    private final TokenEntry entry = new TokenEntry(app("secret"), new SplittableRandom(7));

    @Test
    void oneAsksForATokenAndAllOthersWaitForIt() {
        TokenEntry.Need first = entry.need(0);
        TokenEntry.Need second = entry.need(5);
        assertThat(first.mustFetch()).isTrue();
        assertThat(second.mustFetch()).isFalse();
        assertThat(second.answer()).isNull();

        entry.settle(granted("one"), 10);
        assertThat(second.inFlight().result()).isEqualTo(first.inFlight().result());
        assertThat(token(10)).isEqualTo("one");
    }

    @Test
    void aTokenIsRenewedBeforeItEndsAndUsedMeanwhile() {
        fetch("one", 0);
        assertThat(entry.need(RENEWED_MILLIS - 1).mustFetch()).isFalse();
        assertThat(entry.need(RENEWED_MILLIS).mustFetch()).isTrue();
        assertThat(token(RENEWED_MILLIS)).isEqualTo("one");
        entry.settle(granted("two"), RENEWED_MILLIS + 50);
        assertThat(token(RENEWED_MILLIS + 50)).isEqualTo("two");
    }

    @Test
    void aTokenWhoseRenewalFailsServesToItsEndAndNoLonger() {
        fetch("one", 0);
        assertThat(entry.need(RENEWED_MILLIS).mustFetch()).isTrue();
        entry.settle(FAILED, RENEWED_MILLIS);
        assertThat(entry.need(RENEWED_MILLIS + 499).mustFetch())
                .as("only after a pause")
                .isFalse();
        assertThat(entry.need(RENEWED_MILLIS + 750).mustFetch()).isTrue();
        assertThat(token(ENDS_MILLIS - 1)).isEqualTo("one");
        assertThat(entry.need(ENDS_MILLIS).answer()).isNull();
    }

    @Test
    void aFailureIsRememberedForLongerEachTimeButNotForMoreThanThreeQuartersOfAMinute() {
        long nowMillis = 0;
        for (long leastMillis : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            assertThat(entry.need(nowMillis).mustFetch()).isTrue();
            entry.settle(FAILED, nowMillis);
            assertThat(entry.need(nowMillis + leastMillis - 1).mustFetch()).isFalse();
            nowMillis += leastMillis + leastMillis / 2;
        }
        fetch("one", nowMillis);
        entry.refuse("one");
        assertThat(entry.need(nowMillis).mustFetch()).isTrue();
        entry.settle(FAILED, nowMillis);
        assertThat(entry.need(nowMillis + 750).mustFetch())
                .as("from the first on again")
                .isTrue();
    }

    @Test
    void credentialsThatAreRefusedAreAskedAboutAgainWhenSomebodyMayHaveMendedThem() {
        CallOutcome.Unauthorised wrong = new CallOutcome.Unauthorised("Enter the secret again.", PlatformCode.NONE);
        assertThat(entry.need(0).mustFetch()).isTrue();
        entry.settle(new TokenReply.Refused(wrong), 0);
        assertThat(entry.need(1).answer().result()).isEqualTo(new TokenAnswer.Refused(wrong));
        assertThat(entry.need(1).mustFetch()).isFalse();

        entry.forgetFailure();
        assertThat(entry.need(1).mustFetch()).isTrue();
    }

    @Test
    void aTokenThatThePlatformRefusedIsBelievedAgainOnlyAfterAPause() {
        fetch("one", 0);
        entry.refuse("an older one");
        assertThat(token(1)).isEqualTo("one");

        entry.refuse("one");
        fetch("one", 1);
        assertThat(entry.need(2).answer().result()).isInstanceOf(TokenAnswer.Unavailable.class);
        fetch("one", 751);
        assertThat(token(752)).isEqualTo("one");
    }

    @Test
    void otherCredentialsAreNotItsOwn() {
        assertThat(entry.isOf(app("secret"))).isTrue();
        assertThat(entry.isOf(app("another secret"))).isFalse();
    }

    private void fetch(String token, long nowMillis) {
        assertThat(entry.need(nowMillis).mustFetch()).isTrue();
        entry.settle(granted(token), nowMillis);
    }

    private String token(long nowMillis) {
        return ((TokenAnswer.Token) entry.need(nowMillis).answer().result()).value();
    }

    private static TokenReply granted(String token) {
        return new TokenReply.Granted(token, LIFE_SECONDS);
    }

    private static AppEntry app(String secret) {
        OrganisationEntry organisation = new OrganisationEntry(3, 1, "dingtalk", "corp", "standard", Limits.NONE);
        return new AppEntry(2, 1, organisation, "key", 77, "robot", Map.of("appSecret", secret));
    }
}
