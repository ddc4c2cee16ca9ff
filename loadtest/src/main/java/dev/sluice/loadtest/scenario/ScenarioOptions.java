package dev.sluice.loadtest.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code SCENARIO} and {@code --scale}: which scenario a command is about, and in which size. */
public final class ScenarioOptions {
    private static final double MOST_SCALE = 1_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = {"A file such as loadtest/scenarios/steady.yaml.", "场景文件，例如 loadtest/scenarios/steady.yaml。"})
    private Path file;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = {
                "Rates, tenants and people times this, such as 0.1 (default: ${DEFAULT-VALUE}).",
                "按比例缩放速率、租户和人数，例如 0.1（默认 ${DEFAULT-VALUE}）。"
            })
    private double scale;

    /** Whether a file is named. */
    public boolean named() {
        return file != null;
    }

    /**
     * The scenario in the size asked for.
     *
     * @param unnamed gives one when no file is named
     * @param tiers that its tenants may have
     * @throws ScenarioInvalid with everything that is wrong with the file
     */
    public Scenario read(Supplier<Scenario> unnamed, Collection<String> tiers) throws ScenarioInvalid {
        if (!(scale > 0) || scale > MOST_SCALE) {
            throw wrong("--scale: must be above 0 and at most %.0f, not %s".formatted(MOST_SCALE, scale));
        }
        Scenario scenario = named() ? ScenarioFile.read(file) : unnamed.get();
        refuseUnknown(tiers, scenario);
        Scenario scaled = scenario.scaled(scale);
        if (named()) {
            refuseTooLarge(scaled);
        }
        return scaled;
    }

    /** What no file may ask for no scale may make of one: it would be found out when everything runs. */
    private void refuseTooLarge(Scenario scaled) {
        for (Load load : scaled.load()) {
            bound(
                    "a campaign of %,d people",
                    load.kind().hasRate() ? 0 : load.audience().people(), ScenarioParts.MOST_PEOPLE_OF_A_CAMPAIGN);
            bound("%,d requests a second", Math.round(load.timing().perSecond()), ScenarioParts.MOST_PER_SECOND);
        }
        for (TenantGroup group : scaled.tenants()) {
            bound("%,d tenants in a group", group.count(), ScenarioParts.MOST_TENANTS);
            bound("%,d people of a tenant", group.people(), ScenarioParts.MOST_PEOPLE);
        }
    }

    private void bound(String what, long count, long most) {
        if (count > most) {
            throw wrong("--scale: %s is too much: it makes %s, and %,d is the most"
                    .formatted(scale, what.formatted(count), most));
        }
    }

    private void refuseUnknown(Collection<String> tiers, Scenario scenario) throws ScenarioInvalid {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < scenario.tenants().size(); i++) {
            String tier = scenario.tenants().get(i).tier();
            if (!tiers.contains(tier)) {
                String sentence = "must be one of %s, not %s".formatted(String.join(", ", tiers), tier);
                if (!named()) {
                    throw wrong("--tier: " + sentence);
                }
                faults.add("%s: tenants[%d].tier: %s".formatted(file, i, sentence));
            }
        }
        if (!faults.isEmpty()) {
            throw new ScenarioInvalid(faults);
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
