package dev.sluice.engine.sending;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.RefusedRecipient;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What an outcome means for the call, for its charge, for each of its deliveries and for its lane. Pure; every question about an outcome is answered here.
 *
 * @param retries how often and how late to try again
 * @param meteredOnError whether the platform counts calls that it answers with an error other than a throttle (unconfirmed, so true books at least what is real)
 */
public record OutcomePolicy(RetryPolicy retries, boolean meteredOnError) {
    /** What happens to the units that the intent reserved. */
    public enum Charge {
        RESERVED,
        SPENT,
        RELEASED;

        /** The number that the database keeps. */
        public short code() {
            return (short) ordinal();
        }
    }

    /**
     * A delivery as far as the policy cares.
     *
     * @param recipient who
     * @param attempts calls before this one that did not end it
     */
    public record Traveller(String recipient, int attempts) {}

    /**
     * All that follows from an outcome.
     *
     * @param state what the call row says
     * @param charge what happens to its units
     * @param platformRef what to ask for later, "" for none
     * @param code what the platform said
     * @param verdicts one for each traveller, in their order
     * @param effect what it means for the lane
     */
    public record Consequence(
            CallState state,
            Charge charge,
            String platformRef,
            PlatformCode code,
            List<Verdict> verdicts,
            LaneEffect effect) {}

    /**
     * What follows from an outcome for those who travelled.
     *
     * @param laneHealthy whether other calls of the lane were answered lately, so that a fault is likely this batch's own
     */
    public Consequence of(
            CallOutcome outcome, List<Traveller> travellers, boolean laneHealthy, RandomGenerator random) {
        return switch (outcome) {
            case CallOutcome.Accepted accepted ->
                new Consequence(
                        CallState.ACCEPTED,
                        Charge.SPENT,
                        accepted.platformRef(),
                        PlatformCode.NONE,
                        accepted(accepted, travellers, random),
                        new LaneEffect.None());
            case CallOutcome.Throttled throttled ->
                again(
                        CallState.THROTTLED,
                        Charge.RELEASED,
                        throttled.code(),
                        travellers,
                        new LaneEffect.Quiet(throttled.scope(), throttled.waitMillis(), throttled.code()));
            case CallOutcome.BudgetSpent spent ->
                again(
                        CallState.BUDGET_SPENT,
                        Charge.RELEASED,
                        spent.code(),
                        travellers,
                        new LaneEffect.MonthSpent(spent.used(), spent.quota(), spent.code()));
            case CallOutcome.TokenRejected rejected ->
                again(CallState.UNAUTHORISED, onError(), rejected.code(), travellers, new LaneEffect.RefreshToken());
            case CallOutcome.Unauthorised unauthorised ->
                again(
                        CallState.UNAUTHORISED,
                        onError(),
                        unauthorised.code(),
                        travellers,
                        new LaneEffect.PauseChannel(pauseReason(unauthorised)));
            case CallOutcome.ContentRefused refused ->
                new Consequence(
                        CallState.REFUSED,
                        onError(),
                        "",
                        refused.code(),
                        all(travellers, new Verdict.End(DeliveryState.FAILED, refused.disposition())),
                        new LaneEffect.RefuseContent(refused.disposition()));
            case CallOutcome.RecipientsRefused refused ->
                new Consequence(
                        CallState.REFUSED,
                        onError(),
                        "",
                        refused.code(),
                        all(
                                travellers,
                                travellers.size() > 1
                                        ? halve(travellers)
                                        : new Verdict.End(DeliveryState.FAILED, Disposition.INVALID_RECIPIENT)),
                        new LaneEffect.None());
            case CallOutcome.Temporary temporary ->
                new Consequence(
                        CallState.TEMPORARY,
                        onError(),
                        "",
                        temporary.code(),
                        temporary(travellers, laneHealthy, random),
                        laneHealthy && travellers.size() == 1
                                ? new LaneEffect.SuspectContent()
                                : new LaneEffect.None());
            case CallOutcome.Unknown unknown ->
                new Consequence(
                        CallState.UNKNOWN,
                        Charge.RESERVED,
                        "",
                        new PlatformCode("", unknown.reason()),
                        all(travellers, new Verdict.End(DeliveryState.IN_DOUBT, Disposition.NO_ANSWER)),
                        new LaneEffect.None());
            case CallOutcome.NotSent notSent ->
                again(
                        CallState.NOT_SENT,
                        Charge.RELEASED,
                        new PlatformCode("", notSent.reason()),
                        travellers,
                        new LaneEffect.None());
        };
    }

    /** What a paused channel says: our advice, then the platform's own words. */
    public static String pauseReason(CallOutcome.Unauthorised unauthorised) {
        return unauthorised.advice() + " (platform: " + unauthorised.code().code() + " "
                + unauthorised.code().text() + ")";
    }

    private Charge onError() {
        return meteredOnError ? Charge.SPENT : Charge.RELEASED;
    }

    private List<Verdict> accepted(CallOutcome.Accepted accepted, List<Traveller> travellers, RandomGenerator random) {
        Verdict sent = new Verdict.End(DeliveryState.SENT, null);
        if (accepted.refused().isEmpty()) {
            return all(travellers, sent);
        }
        Map<String, RefusedRecipient> refused = new HashMap<>();
        accepted.refused().forEach(one -> refused.put(one.recipient(), one));
        Map<Integer, Verdict> again = new HashMap<>();
        List<Verdict> verdicts = new ArrayList<>(travellers.size());
        for (Traveller traveller : travellers) {
            RefusedRecipient one = refused.get(traveller.recipient());
            if (one == null) {
                verdicts.add(sent);
            } else if (one.retryable()) {
                verdicts.add(again.computeIfAbsent(traveller.attempts(), before -> retryOrFail(before, random)));
            } else {
                verdicts.add(new Verdict.End(DeliveryState.FAILED, one.disposition()));
            }
        }
        return verdicts;
    }

    /**
     * A fault that keeps hitting one batch while the lane's other calls are answered is likely one person's or the content's: from the second time on the batch
     * is halved, so that one poisoned delivery does not take its company down. Where nothing else goes that could tell, it is halved instead of failing: only who
     * travels alone fails, so a batch of n costs fewer than 2n calls more. Otherwise all of it goes again at one time, in one call.
     */
    private List<Verdict> temporary(List<Traveller> travellers, boolean laneHealthy, RandomGenerator random) {
        int before = travellers.stream().mapToInt(Traveller::attempts).max().orElse(0);
        boolean suspect = (laneHealthy && before >= 1) || before + 1 >= retries.maxAttempts();
        return all(travellers, suspect && travellers.size() > 1 ? halve(travellers) : retryOrFail(before, random));
    }

    private Verdict retryOrFail(int before, RandomGenerator random) {
        int attempts = before + 1;
        return attempts >= retries.maxAttempts()
                ? new Verdict.End(DeliveryState.FAILED, Disposition.ATTEMPTS_EXHAUSTED)
                : new Verdict.Retry(retries.delayMillis(attempts, random));
    }

    private static Verdict halve(List<Traveller> travellers) {
        return new Verdict.Again((travellers.size() + 1) / 2);
    }

    private static Consequence again(
            CallState state, Charge charge, PlatformCode code, List<Traveller> travellers, LaneEffect effect) {
        return new Consequence(state, charge, "", code, all(travellers, new Verdict.Again(Integer.MAX_VALUE)), effect);
    }

    private static List<Verdict> all(List<Traveller> travellers, Verdict verdict) {
        List<Verdict> verdicts = new ArrayList<>(travellers.size());
        travellers.forEach(traveller -> verdicts.add(verdict));
        return verdicts;
    }
}
