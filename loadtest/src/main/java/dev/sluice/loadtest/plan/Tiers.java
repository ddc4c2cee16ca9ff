package dev.sluice.loadtest.plan;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The built-in limit profiles, without a database; a test compares them with the rows of the migrations. */
public final class Tiers {
    private static final String RESOURCE = "plan/tiers.yaml";
    /** In this order each is an upgrade of the one before it. */
    private static final List<String> LADDER = List.of("standard", "professional", "enterprise");

    private static final List<String> LADDER_2025_11 = List.of("standard-2025-11", "professional-2025-11");

    private final Map<String, Limits> byName;

    private Tiers(Map<String, Limits> byName) {
        this.byName = byName;
    }

    /** Those of this build. */
    public static Tiers builtIn() {
        try (InputStream in = Tiers.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            Map<String, Map<String, Map<String, Number>>> file =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            Map<String, Limits> tiers = new TreeMap<>();
            file.get("profiles").forEach((name, own) -> {
                Map<String, Long> values = new HashMap<>();
                file.get("everybody").get("limits").forEach((limit, value) -> values.put(limit, value.longValue()));
                own.forEach((limit, value) -> values.put(limit, value.longValue()));
                tiers.put(name, new Limits(values));
            });
            tiers.put(Limits.UNLIMITED_PROFILE, Limits.NONE);
            return new Tiers(tiers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with one more, or another in the place of one. */
    public Tiers with(String tier, Limits limits) {
        Map<String, Limits> more = new TreeMap<>(byName);
        more.put(tier, limits);
        return new Tiers(more);
    }

    /** The limits of a tier, empty when there is none of that name. */
    public Optional<Limits> limits(String tier) {
        return Optional.ofNullable(byName.get(tier));
    }

    /** Whether a tier grants so many units of a pool a month and no more. */
    public boolean limit(String tier, BudgetPool pool) {
        return limits(tier)
                .filter(limits -> limits.value(pool.grantLimitName()).isPresent())
                .isPresent();
    }

    /** All names. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The tier above, in the same price table. */
    public static Optional<String> above(String tier) {
        for (List<String> ladder : List.of(LADDER, LADDER_2025_11)) {
            int at = ladder.indexOf(tier);
            if (at >= 0 && at + 1 < ladder.size()) {
                return Optional.of(ladder.get(at + 1));
            }
        }
        return Optional.empty();
    }
}
