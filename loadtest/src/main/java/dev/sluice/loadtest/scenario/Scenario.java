package dev.sluice.loadtest.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What happens in a run: who sends what to how many, when, on what, and what goes wrong meanwhile. Times count from the start of the load.
 *
 * @param name for files and tables: lower case, digits, hyphens
 * @param descriptionEn one sentence in English
 * @param descriptionZh the same in Chinese
 * @param seed of everything random
 * @param stage what it runs on
 * @param tenants who sends, in groups of equals
 * @param load what they send
 * @param faults what goes wrong
 * @param bounds what must hold beside the engine's promises
 * @param search the rate to look for; empty: a plain run
 */
public record Scenario(
        String name,
        String descriptionEn,
        String descriptionZh,
        long seed,
        StageSpec stage,
        List<TenantGroup> tenants,
        List<Load> load,
        List<Fault> faults,
        Bounds bounds,
        Optional<SearchSpec> search) {
    public Scenario {
        tenants = List.copyOf(tenants);
        load = List.copyOf(load);
        faults = List.copyOf(faults);
    }

    /** The tenants that a load or a fault names. */
    public TenantGroup group(String tenants) {
        return this.tenants.stream()
                .filter(group -> group.name().equals(tenants))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tenants " + tenants));
    }

    /** Whether another load of the same tenants sends the same contents. */
    public boolean sharesContents(Load load) {
        return this.load.stream()
                        .filter(one -> one.tenants().equals(load.tenants()))
                        .filter(one ->
                                one.contents().name().equals(load.contents().name()))
                        .count()
                > 1;
    }

    /** When the last load begins or ends, in seconds. */
    public double loadSeconds() {
        return load.stream()
                .mapToDouble(one -> one.timing().untilSeconds())
                .max()
                .orElse(0);
    }

    /** Its loads with a rate, from 0 on, together at one steady rate; no campaigns and no faults. */
    public Scenario steady(double perSecond, double seconds) {
        double whole =
                load.stream().mapToDouble(one -> one.timing().perSecond()).sum();
        List<Load> steady = load.stream()
                .filter(one -> one.kind().hasRate())
                .map(one -> one.steady(one.timing().perSecond() * perSecond / whole, seconds))
                .toList();
        return with(stage, tenants, steady, List.of(), Optional.empty());
    }

    /**
     * The same in another size: rates, and tenants where a group has many, else people; what is left of months to bulk shrinks with the people. Times stay, and the people of a
     * request: a tenant keeps at least these.
     *
     * @param scale above 0
     */
    public Scenario scaled(double scale) {
        List<Load> scaled = load.stream()
                .map(one -> one.scaled(scale, group(one.tenants()).count() > 1))
                .toList();
        return with(
                stage,
                tenants.stream()
                        .map(group -> group.scaled(scale).withAtLeast(named(group, scaled)))
                        .toList(),
                scaled,
                faults,
                search.map(one -> one.scaled(scale)));
    }

    /** The most people whom a request or a campaign of a group's loads names. */
    private static int named(TenantGroup group, List<Load> loads) {
        return loads.stream()
                .filter(one -> one.tenants().equals(group.name()))
                .filter(one -> one.kind() != LoadKind.SINGLES)
                .mapToInt(one -> one.audience().known())
                .max()
                .orElse(0);
    }

    /** The same on another stage, with other tenants. */
    public Scenario with(StageSpec newStage, UnaryOperator<TenantGroup> change) {
        return with(newStage, tenants.stream().map(change).toList(), load, faults, search);
    }

    private Scenario with(
            StageSpec newStage,
            List<TenantGroup> newTenants,
            List<Load> newLoad,
            List<Fault> newFaults,
            Optional<SearchSpec> newSearch) {
        return new Scenario(
                name, descriptionEn, descriptionZh, seed, newStage, newTenants, newLoad, newFaults, bounds, newSearch);
    }
}
