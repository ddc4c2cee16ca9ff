package dev.sluice.loadtest.scenario;

import dev.sluice.engine.model.ChannelKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold between the keys of a scenario. Pure. */
final class ScenarioRelations {
    private static final Pattern NUMBERED = Pattern.compile("(.+)-\\d+");

    private final Scenario scenario;
    private final List<String> faults = new ArrayList<>();

    private ScenarioRelations(Scenario scenario) {
        this.scenario = scenario;
    }

    /** What does not hold, one line each. */
    static List<String> faults(Scenario scenario) {
        ScenarioRelations relations = new ScenarioRelations(scenario);
        relations.check();
        return relations.faults;
    }

    private void check() {
        StageSpec.LatencyRange latency = scenario.stage().platformLatency();
        require(
                latency.fromMillis() <= latency.toMillis(),
                "stage.platformLatency: fromMillis must not be above toMillis");
        require(!scenario.tenants().isEmpty(), "tenants: must have at least one group");
        require(!scenario.load().isEmpty(), "load: must have at least one load");
        Set<String> names = new HashSet<>();
        scenario.tenants()
                .forEach(group -> require(names.add(group.name()), "tenants: two groups are " + group.name()));
        numbered();
        for (int i = 0; i < scenario.load().size(); i++) {
            load("load[" + i + "]", scenario.load().get(i), names);
        }
        for (int i = 0; i < scenario.faults().size(); i++) {
            fault("faults[" + i + "]", scenario.faults().get(i), names);
            apart(i);
        }
        scenario.search().ifPresent(this::search);
    }

    /** The tenants of a group of several are called as it is, with a number. */
    private void numbered() {
        Set<String> several = scenario.tenants().stream()
                .filter(group -> group.count() > 1)
                .map(TenantGroup::name)
                .collect(Collectors.toSet());
        for (TenantGroup group : scenario.tenants()) {
            Matcher numbered = NUMBERED.matcher(group.name());
            require(
                    !numbered.matches() || !several.contains(numbered.group(1)),
                    "tenants: %s is what one of several tenants may be called: name it otherwise"
                            .formatted(group.name()));
        }
    }

    private void load(String path, Load load, Set<String> names) {
        if (!names.contains(load.tenants())) {
            faults.add(path + ".tenants: must name a group of tenants, not " + load.tenants());
            return;
        }
        if (load.kind().hasRate()) {
            timing(path, load.timing());
        }
        require(
                load.kind() == LoadKind.SINGLES
                        || load.audience().known()
                                <= scenario.group(load.tenants()).people(),
                path + ".people: must not be more than the tenant has, without those of unknownShare");
        require(
                load.kind() != LoadKind.CAMPAIGN
                        || load.contents().count() <= load.audience().people(),
                path + ".contents: must not be more than the people, who are shared among them");
        require(
                load.kind() != LoadKind.BULK
                        || load.audience().people() * (1 + load.audience().duplicateShare()) <= 1_000,
                path + ".people: must be at most 1000 with the duplicates");
        require(
                load.kind() == LoadKind.SINGLES
                        || scenario.group(load.tenants()).channel() != ChannelKind.DINGTALK_WEBHOOK,
                path + ".kind: must be singles, since a webhook has no recipients");
    }

    private void timing(String path, Timing timing) {
        require(timing.untilSeconds() > timing.fromSeconds(), path + ".untilSeconds: must be after fromSeconds");
        require(timing.perSecond() > 0, path + ".perSecond: must be above 0");
        require(
                timing.rampSeconds() <= timing.untilSeconds() - timing.fromSeconds(),
                path + ".rampSeconds: must not be longer than the load");
    }

    private void fault(String path, Fault fault, Set<String> names) {
        FaultKind kind = fault.kind();
        require(
                !kind.knows("tenants") || names.contains(fault.tenants()),
                path + ".tenants: must name a group of tenants");
        require(
                !names.contains(fault.tenants())
                        || scenario.group(fault.tenants()).channel() != ChannelKind.DINGTALK_WEBHOOK,
                path + ".tenants: must not send through webhooks, which have no app whose credentials could end");
        require(fault.node() <= scenario.stage().nodes(), path + ".node: there are fewer nodes");
        require(!kind.knows("millis") || fault.millis() > 0, path + ".millis: is needed");
        require(!kind.knows("percent") || fault.percent() > 0, path + ".percent: is needed");
        require(!kind.knows("forSeconds") || fault.forSeconds() > 0, path + ".forSeconds: is needed");
    }

    private void apart(int number) {
        for (int before = 0; before < number; before++) {
            require(
                    !scenario.faults().get(number).meets(scenario.faults().get(before)),
                    "faults[%d]: stops what faults[%d] stops, and at the same time: let one end before the other begins"
                            .formatted(number, before));
        }
    }

    private void search(SearchSpec search) {
        require(search.fromPerSecond() < search.toPerSecond(), "search: fromPerSecond must be below toPerSecond");
        require(scenario.load().stream().anyMatch(load -> load.kind().hasRate()), "search: needs a load with a rate");
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
