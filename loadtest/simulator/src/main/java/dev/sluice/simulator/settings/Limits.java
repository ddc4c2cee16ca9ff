package dev.sluice.simulator.settings;

import dev.sluice.simulator.limit.MinuteWindow;
import java.util.List;
import java.util.Map;

/**
 * All limits and switches of the platform, as one immutable value. Names, units, sources and doubts are documented key
 * by key in the resource {@code limits.yaml}, which is also the default.
 */
public record Limits(
        Map<String, Tier> tiers,
        Qps qps,
        Month month,
        Ip ip,
        Token token,
        Notice notice,
        Robot robot,
        Webhook webhook,
        Codes codes,
        Memory memory) {

    /** What an organisation has bought. Billing page of 2026-05-09 and older contracts. */
    public record Tier(int qps, long callsPerMonth, long webhooksPerMonth) {}

    /** Calls per second. */
    public record Qps(
            boolean enforced, int windowMillis, Map<String, Integer> apis, int platform, boolean rejectedCallsCount) {}

    /** Calls per month. */
    public record Month(boolean enforced, int graceHours, boolean meterErrors, List<String> unmetered) {}

    /** Calls per source address. */
    public record Ip(
            boolean enforced,
            int calls,
            int windowMillis,
            int banMillis,
            boolean trustForwardedFor,
            BanAnswer answer,
            int status) {}

    /** What a banned address gets to read. */
    public enum BanAnswer {
        JSON,
        HTML
    }

    /** Access tokens. */
    public record Token(int lifeSeconds, boolean renewOnRefetch, boolean refetchReportsRemainder) {}

    /** Work notices. */
    public record Notice(
            int usersPerCall,
            int departmentsPerCall,
            int messageBytes,
            int recipientsPerCall,
            boolean recipientsPerCallLoud,
            int recipientsPerMinute,
            MinuteWindow.Shape minuteWindow,
            MinuteScope minuteScope,
            MinuteCounts minuteCounts,
            int messagesPerPersonPerDay,
            int sameContentPerDay,
            SameContent sameContentCompares,
            int toAllPerDay,
            boolean toAllLoud,
            int statusBarUsers,
            List<String> prohibited,
            int deliveryMillis,
            int readPercent,
            int windowHours,
            int resultRecipients,
            ResultOverflow resultOverflow) {}

    /** Who shares one minute of recipients. */
    public enum MinuteScope {
        APP,
        CORP
    }

    /** Which recipients use up the minute. */
    public enum MinuteCounts {
        ADDRESSED,
        SHOWN
    }

    /** What makes two contents identical. */
    public enum SameContent {
        MSG,
        TEXT
    }

    /** What a result query about too many recipients gets. */
    public enum ResultOverflow {
        TIMEOUT,
        ERROR
    }

    /** One-to-one robot messages. */
    public record Robot(
            int usersPerCall,
            int paramBytes,
            int usersPerMinute,
            int callsPerMinute,
            boolean reportFiltered,
            List<String> prohibited,
            int readPercent,
            int readFromMillis,
            int windowHours,
            int recallKeys) {}

    /** Custom group robots. */
    public record Webhook(
            int messagesPerMinute,
            int penaltyMillis,
            boolean penaltyRestarts,
            int messageBytes,
            int uuidLifeMillis,
            int signatureSkewMillis,
            List<String> prohibited) {}

    /** Answers whose code the vendor does not publish, or publishes twice. */
    public record Codes(
            int expiredToken,
            int getOnPost,
            int badParameter,
            int tooManyUsers,
            int tooManyDepartments,
            int messageTooLong,
            int statusBarUsers,
            int recallTooLate,
            int resultOverflow,
            boolean wrapOrgBudget,
            int orgBudgetStatus,
            String unknownPath,
            String batchSendTooManyUsers,
            int webhookTooFast,
            int webhookPenalty,
            int webhookBudget,
            int webhookUnknown) {}

    /** What the simulator itself remembers. */
    public record Memory(int tasks) {}

    /** The tier of an organisation. */
    public Tier tier(String name) {
        Tier tier = tiers.get(name);
        if (tier == null) {
            throw new IllegalArgumentException("no tier named " + name + "; there are " + tiers.keySet());
        }
        return tier;
    }
}
