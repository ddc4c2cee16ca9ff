package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.model.Disposition;

/** What a platform code means for us: the vocabulary of {@link DingTalkCodes}. In every case the platform refused, so nothing was sent. */
sealed interface Meaning {
    /** A limit that lasts a known time. */
    record Throttle(ThrottleScope scope, long waitMillis) implements Meaning {}

    /** A limit whose text may say when it ends; the given time where it does not. */
    record ThrottleToInstant(ThrottleScope scope, long waitMillis) implements Meaning {}

    /** The organisation's month is used up. */
    record MonthSpent() implements Meaning {}

    /** The token is no longer good; a new one may be. */
    record StaleToken() implements Meaning {}

    /** A person must mend the configuration. */
    record NeedsPerson(String advice) implements Meaning {}

    /** A security setting of a webhook robot refuses the message: without its keyword it is this content that is wrong, otherwise what is configured. */
    record SecurityRefusal(String advice) implements Meaning {}

    /** Our egress address is not in the app's allowlist. */
    record AddressNotAllowed() implements Meaning {}

    /** The app lacks a permission point. */
    record PermissionMissing() implements Meaning {}

    /** The content is refused. */
    record BadContent(Disposition disposition) implements Meaning {}

    /** Somebody among the people is refused, without saying who. */
    record BadPeople() implements Meaning {}

    /** The platform has a fault. */
    record Fault() implements Meaning {}

    /** The longest wait that a text may talk us into: a misread date must not silence an app. */
    long MOST_READ_WAIT_MILLIS = 600_000;

    /** The outcome of a call that was answered so. */
    default CallOutcome outcome(Said said) {
        return switch (this) {
            case Throttle throttle ->
                new CallOutcome.Throttled(throttle.scope(), throttle.waitMillis(), said.platformCode());
            case ThrottleToInstant throttle ->
                new CallOutcome.Throttled(
                        throttle.scope(),
                        Math.min(
                                MOST_READ_WAIT_MILLIS,
                                SaidText.limitMillis(said.text()).orElse(throttle.waitMillis())),
                        said.platformCode());
            case MonthSpent spent ->
                new CallOutcome.BudgetSpent(
                        SaidText.used(said.text()), SaidText.quota(said.text()), said.platformCode());
            case StaleToken stale -> new CallOutcome.TokenRejected(said.platformCode());
            case NeedsPerson person -> new CallOutcome.Unauthorised(person.advice(), said.platformCode());
            case SecurityRefusal security ->
                SaidText.isAboutKeywords(said.text())
                        ? new CallOutcome.ContentRefused(Disposition.INVALID_CONTENT, said.platformCode())
                        : new CallOutcome.Unauthorised(security.advice(), said.platformCode());
            case AddressNotAllowed address ->
                new CallOutcome.Unauthorised(
                        "Add "
                                + SaidText.address(said.text()).orElse("this installation's public address")
                                + " to the server egress IPs of the app in the DingTalk developer console.",
                        said.platformCode());
            case PermissionMissing permission ->
                new CallOutcome.Unauthorised(
                        "Grant the app the permission "
                                + SaidText.permission(said).orElse("that the platform's text names")
                                + " in the DingTalk developer console.",
                        said.platformCode());
            case BadContent content -> new CallOutcome.ContentRefused(content.disposition(), said.platformCode());
            case BadPeople people -> new CallOutcome.RecipientsRefused(said.platformCode());
            case Fault fault -> new CallOutcome.Temporary(said.platformCode(), true);
        };
    }
}
