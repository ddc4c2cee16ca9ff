package dev.sluice.loadtest.demo;

import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.States;
import dev.sluice.loadtest.evidence.Books;
import dev.sluice.loadtest.evidence.BusiestAddress;
import dev.sluice.loadtest.evidence.Causes;
import dev.sluice.loadtest.evidence.PlatformTally;
import dev.sluice.loadtest.evidence.Refusals;
import dev.sluice.loadtest.evidence.SilentDrops;
import dev.sluice.loadtest.evidence.WorstSeconds;
import dev.sluice.loadtest.verdict.OrganisationReading;
import dev.sluice.loadtest.verdict.Snapshot;
import dev.sluice.loadtest.verdict.SubmissionReading;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import io.vertx.core.json.JsonObject;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Reads what a run left behind: through the APIs, from the rows, from the platform's ledger. Blocks. */
final class Readings {
    private final Simulator simulator;
    private final Books books;
    private final ApiClient admin;
    private final YearMonth month;

    private final Map<String, PlatformTally> tallies;
    private final List<OrganisationReading> organisations = new ArrayList<>();
    private final SilentDrops drops = new SilentDrops();
    private final List<String> bookFaults = new ArrayList<>();
    private final Histogram latencies = new Histogram(3);
    private long unseen;

    Readings(Stage stage, ApiClient admin) {
        this.simulator = stage.simulator();
        this.books = new Books(stage.node().pool(), stage.node().clock());
        this.admin = admin;
        this.tallies = PlatformTally.byOrganisation(stage.simulator());
        this.month = YearMonth.from(stage.node().clock().platformMonth());
    }

    /** Takes it. Once. */
    Snapshot snapshot(List<Bulk> bulks, SingleSends singles) {
        for (Bulk bulk : bulks) {
            read(
                    bulk,
                    singles.all().stream()
                            .filter(single ->
                                    single.tenant().id() == bulk.tenant().id())
                            .toList());
        }
        return new Snapshot(
                organisations,
                BusiestAddress.of(simulator),
                drops.counted(),
                simulator.ledger().duplicates().size(),
                simulator.ledger().throttleAnswers(),
                // What was refused does not arrive either.
                Snapshot.Latencies.of(latencies, unseen + singles.refused()),
                bookFaults,
                Optional.empty(),
                Refusals.of(simulator));
    }

    private void read(Bulk bulk, List<SentSingle> singles) {
        DemoTenant tenant = bulk.tenant();
        PlatformTally tally = tallies.getOrDefault(tenant.corpId(), PlatformTally.empty());
        List<JsonObject> budgets = budgets(tenant);
        List<Books.Delivery> deliveries = books.deliveries(tenant.id());
        Map<Long, Long> fingerprints = Books.fingerprints(books.submissions(tenant.id()), deliveries);
        List<SubmissionReading> submissions = submissions(bulk, singles, Books.states(deliveries), fingerprints);
        drops.add(deliveries, tenant.groups(), tally, ReceiptPolicy.ALL);
        drops.addAsked(deliveries.stream().filter(delivery -> delivery.channelId() == tenant.noticeChannelId()));
        drops.addCauseless(Causes.without(
                deliveries, tally, simulator.limits().current().notice().messagesPerPersonPerDay(), Set.of()));
        drops.addCaused(tally.caused() + tally.repeated());
        singles.forEach(single -> countLatency(single, tally));
        bookFaults.addAll(books.faults(tenant.organisationId()));
        organisations.add(new OrganisationReading(
                tenant.plan().profile(),
                submissions,
                tally.shown(),
                calls(bulk, tally, budgets),
                WorstSeconds.of(
                        tally,
                        tenant.appKeys(),
                        simulator
                                .limits()
                                .current()
                                .tier(tenant.plan().profile())
                                .qps()),
                minute(tally, bulk.contentHash()),
                month(tenant, budgets, tally)));
    }

    private static List<SubmissionReading> submissions(
            Bulk bulk,
            List<SentSingle> singles,
            Map<Long, Map<DeliveryState, Long>> rows,
            Map<Long, Long> fingerprints) {
        ApiClient api = bulk.tenant().api();
        // Which rows of somebody's own file were rejected is not known here.
        long asked = bulk.rejected() > 0 && !bulk.tenant().people().made()
                ? fingerprints.getOrDefault(number(bulk.id()), 0L)
                : bulk.fingerprint();
        Bulk.Early early = bulk.early();
        List<SubmissionReading> readings = new ArrayList<>();
        readings.add(
                reading(bulk.id(), bulk.accepted(), asked, api.get("/v1/campaigns/" + bulk.id()), rows, fingerprints));
        readings.add(reading(
                early.id(),
                early.accepted(),
                early.fingerprint(),
                api.get("/v1/messages/" + early.id()),
                rows,
                fingerprints));
        singles.forEach(single -> readings.add(reading(
                single.id(), 1, single.fingerprint(), api.get("/v1/messages/" + single.id()), rows, fingerprints)));
        return readings;
    }

    private static SubmissionReading reading(
            String id,
            long accepted,
            long fingerprint,
            JsonObject shown,
            Map<Long, Map<DeliveryState, Long>> rows,
            Map<Long, Long> fingerprints) {
        long number = number(id);
        return new SubmissionReading(
                id,
                accepted,
                States.in(shown),
                rows.getOrDefault(number, Map.of()),
                false,
                Objects.equals(fingerprints.get(number), fingerprint));
    }

    private static long number(String id) {
        return PublicId.submission(id).orElseThrow();
    }

    private void countLatency(SentSingle single, PlatformTally tally) {
        OptionalLong arrival = tally.arrivalNanos(single.contentHash());
        if (arrival.isPresent()) {
            latencies.recordValue(Math.max(0, arrival.getAsLong() - single.dueNanos()));
        } else {
            unseen++;
        }
    }

    private List<JsonObject> budgets(DemoTenant tenant) {
        return admin
                .get("/v1/organisations/" + tenant.organisationId() + "/budgets/" + month)
                .getJsonArray("items")
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private OrganisationReading.Calls calls(Bulk bulk, PlatformTally tally, List<JsonObject> budgets) {
        DemoTenant tenant = bulk.tenant();
        long early = bulk.early().accepted();
        long least = tally.leastCalls(bulk.contentHash(), early, Integer.MAX_VALUE);
        long booked = sum(budgets, "spent");
        long reserved = sum(budgets, "reserved");
        long metered = 0;
        for (Pool pool : Pool.values()) {
            metered += simulator.month().used(tenant.corpId(), pool, month);
        }
        long sent = tally.sendCalls() + tally.idleQuestions(1);
        return new OrganisationReading.Calls(sent, least, booked, metered, reserved);
    }

    private static long sum(List<JsonObject> budgets, String field) {
        return budgets.stream().mapToLong(budget -> budget.getLong(field)).sum();
    }

    private OrganisationReading.Month month(DemoTenant tenant, List<JsonObject> budgets, PlatformTally tally) {
        return new OrganisationReading.Month(
                budgets.stream()
                        .map(budget -> new OrganisationReading.MonthUnits(
                                budget.getLong("granted") - budget.getLong("available"), budget.getLong("granted")))
                        .toList(),
                tally.monthRefusals(),
                books.bulkUnits(tenant.organisationId()));
    }

    private static OrganisationReading.PeopleMinute minute(PlatformTally tally, long bulkHash) {
        long fullMinutes = tally.fullMinutes(bulkHash);
        return new OrganisationReading.PeopleMinute(
                tally.worstMinute(), Progress.PEOPLE_PER_MINUTE, fullMinutes, tally.peopleInFirst(fullMinutes));
    }
}
