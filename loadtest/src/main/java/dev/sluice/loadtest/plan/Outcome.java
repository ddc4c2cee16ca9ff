package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.plan.virtual.Stock;
import dev.sluice.loadtest.plan.virtual.VirtualLane;
import dev.sluice.loadtest.plan.virtual.Witness;
import dev.sluice.loadtest.report.GateWords;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a run in virtual time came to; written while it runs. Its memory depends on tenants and loads, not on people. */
public final class Outcome implements Witness {
    /** Names in the timelines. */
    public static final String PEOPLE = "people";

    public static final String CALLS = "calls";
    public static final String HELD = "held: ";

    private static final long BUSY_MICROS = 20_000_000;

    private final Scenario scenario;
    private final List<LoadTally> loads = new ArrayList<>();
    private final Map<String, GroupTally> groups = new LinkedHashMap<>();
    private final Peak callsIn20 = new Peak(BUSY_MICROS);
    private final Peak withReceiptsIn20 = new Peak(BUSY_MICROS);
    private final Peak atAddresses;
    private final Peak peopleIn20 = new Peak(BUSY_MICROS);
    private long receipts;
    private long firstCallMicros = Long.MAX_VALUE;
    private long lastMicros;

    Outcome(Scenario scenario) {
        this.scenario = scenario;
        this.atAddresses =
                new Peak(BUSY_MICROS + scenario.stage().platformLatency().fromMillis() * 1_000L);
        for (Load load : scenario.load()) {
            loads.add(new LoadTally(scenario.group(load.tenants()).count()));
        }
        scenario.tenants().forEach(group -> groups.put(group.name(), new GroupTally(group.name())));
    }

    @Override
    public void held(VirtualLane lane, String gate, long fromMicros, long toMicros) {
        group(lane.channel().name()).held(gate, fromMicros, toMicros);
    }

    @Override
    public void called(VirtualLane lane, int travelling, long atMicros) {
        group(lane.channel().name()).called(travelling, atMicros);
        callsIn20.add(atMicros, 1);
        withReceiptsIn20.add(atMicros, 1);
        atAddresses.add(atMicros, 1);
        peopleIn20.add(atMicros, travelling);
        firstCallMicros = Math.min(firstCallMicros, atMicros);
    }

    @Override
    public void askedForToken(long atMicros) {
        atAddresses.add(atMicros, 1);
    }

    @Override
    public void askedForReceipt(long atMicros) {
        atAddresses.add(atMicros, 1);
        withReceiptsIn20.add(atMicros, 1);
        receipts++;
    }

    @Override
    public void sent(Stock stock, int count, long atMicros) {
        load(stock).sent(stock.order().tenant(), count, stock.order().arrivedMicros(), atMicros);
        lastMicros = Math.max(lastMicros, atMicros);
    }

    @Override
    public void suppressed(Stock stock, int count, long atMicros) {
        load(stock).suppressed(stock.order().tenant(), count, atMicros);
        lastMicros = Math.max(lastMicros, atMicros);
    }

    @Override
    public void expired(Stock stock, int count, long atMicros) {
        load(stock).expired(stock.order().tenant(), count, atMicros);
        lastMicros = Math.max(lastMicros, atMicros);
    }

    @Override
    public void cancelled(Stock stock, int count, long atMicros) {
        load(stock).cancelled(stock.order().tenant(), count, atMicros);
        lastMicros = Math.max(lastMicros, atMicros);
    }

    /** The engine did not take a submission: its deadline cannot be kept, whatever else waits. */
    void refused(Stock.Order order) {
        loads.get(order.load()).refused(order.tenant(), order.people(), order.arrivedMicros());
        lastMicros = Math.max(lastMicros, order.arrivedMicros());
    }

    void waiting(Stock.Order order, long count) {
        loads.get(order.load()).waiting(order.tenant(), count);
    }

    /** The scenario, as it was varied. */
    public Scenario scenario() {
        return scenario;
    }

    /** By the number of the load. */
    public List<LoadTally> loads() {
        return loads;
    }

    /** In the scenario's order. */
    public List<GroupTally> groups() {
        return List.copyOf(groups.values());
    }

    /** When the first message left, in microseconds from the start: a fetched token later than it came. {@link Long#MAX_VALUE}: none did. */
    public long firstCallMicros() {
        return firstCallMicros;
    }

    /** When the last one was settled, in microseconds from the start. */
    public long lastMicros() {
        return lastMicros;
    }

    /** Most sends in any 20 seconds. */
    public long peakCallsIn20Seconds() {
        return callsIn20.most();
    }

    /** Most sends and questions what became of one in any 20 seconds: what a processor works for beside people. */
    public long peakWithReceiptsIn20Seconds() {
        return withReceiptsIn20.most();
    }

    /** Most calls in any 20 seconds and an answer, those for tokens and receipts with them: for so long each keeps a place of its address. */
    public long peakAddressCalls() {
        return atAddresses.most();
    }

    /** Most people in the calls of any 20 seconds. */
    public long peakPeopleIn20Seconds() {
        return peopleIn20.most();
    }

    /** Everybody, whatever became of them. */
    public long people() {
        return loads.stream().mapToLong(LoadTally::people).sum();
    }

    /** Everybody who still waited when the plan ended. */
    public long waiting() {
        return loads.stream().mapToLong(LoadTally::waiting).sum();
    }

    /** Everybody for whom it was too late. */
    long expired() {
        return loads.stream().mapToLong(LoadTally::expired).sum();
    }

    /** Everybody who had not gone when their campaign was cancelled. */
    long cancelled() {
        return loads.stream().mapToLong(LoadTally::cancelled).sum();
    }

    /** Of those who were too late, whom the engine did not even take. */
    long refused() {
        return loads.stream().mapToLong(LoadTally::refused).sum();
    }

    /** Whether anybody waited because a public address had made its calls. */
    boolean heldByAddresses() {
        return groups.values().stream()
                .flatMap(group -> group.timeline().names().stream())
                .anyMatch(name -> name.startsWith(HELD) && GateWords.isOfAddress(name.substring(HELD.length())));
    }

    /** Least left of any month; empty when nothing limits any. */
    public OptionalLong leastLeft() {
        return groups.values().stream()
                .flatMap(group -> group.tightest().stream())
                .mapToLong(month -> month.status().available())
                .min();
    }

    /** Calls booked in months: sends and metered receipts. */
    public long booked() {
        return groups.values().stream().mapToLong(GroupTally::booked).sum();
    }

    /** Questions what became of a send. */
    public long receipts() {
        return receipts;
    }

    /** All sends. */
    public long calls() {
        return groups.values().stream().mapToLong(GroupTally::calls).sum();
    }

    /** Everybody whom the platform took. */
    public long sent() {
        return loads.stream().mapToLong(LoadTally::sent).sum();
    }

    GroupTally group(String name) {
        return groups.get(name);
    }

    private LoadTally load(Stock stock) {
        return loads.get(stock.order().load());
    }
}
