package dev.sluice.loadtest.scenario;

import dev.sluice.engine.directory.ChannelEntry.QuietHours;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.LimitsException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the mapping of a scenario file into records. Used once. */
final class ScenarioParts {
    private static final double DAY_SECONDS = 86_400;
    static final int MOST_PER_SECOND = 1_000_000;
    static final int MOST_PEOPLE = 100_000_000;
    static final int MOST_TENANTS = 1_000_000;
    /** Of a request, as the send API takes it. */
    private static final int MOST_PEOPLE_OF_A_REQUEST = 1_000;
    /** Of a campaign, as the send API takes it. */
    static final int MOST_PEOPLE_OF_A_CAMPAIGN = 10_000_000;

    /** Equal ones would leave no hour quiet, or all. */
    private static final Pattern TIMES =
            Pattern.compile("((?:[01]\\d|2[0-3]):[0-5]\\d)-(?!\\1)((?:[01]\\d|2[0-3]):[0-5]\\d)");

    private final List<String> faults = new ArrayList<>();
    private final Section root;

    ScenarioParts(Map<?, ?> mapping) {
        this.root = Section.root(mapping, faults);
    }

    Scenario read() throws ScenarioInvalid {
        String name = root.text("name", "[a-z0-9][a-z0-9-]*", "must be lower case letters, digits and hyphens");
        Section description = root.section("description");
        String english = description.text("en");
        String chinese = description.text("zh");
        description.finish();
        Scenario scenario = new Scenario(
                name,
                english,
                chinese,
                root.whole("seed", 1, 0, Long.MAX_VALUE),
                stage(root.section("stage")),
                root.sections("tenants").stream().map(ScenarioParts::group).toList(),
                loads(root.sections("load")),
                root.sections("faults").stream()
                        .flatMap(section -> fault(section).stream())
                        .toList(),
                bounds(root.section("bounds")),
                root.has("search") ? Optional.of(search(root.section("search"))) : Optional.empty());
        root.finish();
        if (faults.isEmpty()) {
            faults.addAll(ScenarioRelations.faults(scenario));
        }
        if (!faults.isEmpty()) {
            throw new ScenarioInvalid(faults);
        }
        return scenario;
    }

    private static StageSpec stage(Section section) {
        Section latency = section.section("platformLatency");
        StageSpec.LatencyRange range = new StageSpec.LatencyRange(
                latency.count("fromMillis", 0, 0, 60_000), latency.count("toMillis", 0, 0, 60_000));
        latency.finish();
        Map<String, Object> limits = section.free("platformLimits");
        check(section, limits);
        StageSpec stage = new StageSpec(
                section.count("nodes", 1, 1, 100),
                range,
                section.count("egressAddresses", 1, 1, 10_000),
                section.count("receiptAfterMillis", 10_000, 500, 3_600_000),
                limits);
        section.finish();
        return stage;
    }

    /** A plan has no use for them; that is no reason to take what no load takes. */
    private static void check(Section section, Map<String, Object> limits) {
        try {
            LimitSettings.defaults().patch(limits);
        } catch (LimitsException e) {
            e.faults().forEach(fault -> section.fault("platformLimits", fault));
        }
    }

    private static TenantGroup group(Section section) {
        TenantGroup group = new TenantGroup(
                section.text("name", "[a-z0-9][a-z0-9-]{0,39}", "must be up to 40 lower case letters, digits, hyphens"),
                section.count("count", 1, 1, MOST_TENANTS),
                section.text("tier"),
                section.choice("channel", ChannelKind.DINGTALK_WORK),
                section.count("apps", 1, 1, 100),
                section.count("people", 1_000, 1, MOST_PEOPLE),
                section.number("monthSpent", 0, 0, 1),
                section.choice("receipts", ReceiptPolicy.ALL),
                section.count("peoplePerCall", 0, 0, 1_000),
                quietHours(section));
        section.finish();
        return group;
    }

    private static Optional<QuietHours> quietHours(Section section) {
        if (!section.has("quietHours")) {
            return Optional.empty();
        }
        Matcher times = TIMES.matcher(
                section.text("quietHours", TIMES.pattern(), "must be two different times, as in 22:00-08:00"));
        return times.matches()
                ? Optional.of(new QuietHours(
                        LocalTime.parse(times.group(1)), LocalTime.parse(times.group(2)), EngineClock.PLATFORM_ZONE))
                : Optional.empty();
    }

    private static List<Load> loads(List<Section> sections) {
        List<Load> loads = new ArrayList<>();
        for (Section section : sections) {
            load(section, "load-" + (loads.size() + 1)).ifPresent(loads::add);
        }
        return loads;
    }

    private static Optional<Load> load(Section section, String name) {
        Optional<LoadKind> kind = section.choice("kind", LoadKind.class);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        section.keys().stream()
                .filter(key -> !kind.get().knows(key))
                .forEach(key -> section.fault(key, "is no key of a load of this kind"));
        return Optional.of(load(section, kind.get(), name));
    }

    private static Load load(Section section, LoadKind kind, String name) {
        boolean campaign = kind == LoadKind.CAMPAIGN;
        return new Load(
                kind,
                section.text("tenants"),
                timing(section),
                audience(section, campaign ? MOST_PEOPLE_OF_A_CAMPAIGN : MOST_PEOPLE_OF_A_REQUEST),
                new Contents(
                        section.has("content") ? section.text("content") : name,
                        section.count("contents", campaign ? 1 : 0, campaign ? 1 : 0, campaign ? 1_000 : 1_000_000)),
                section.choice("priority", campaign ? PriorityClass.BULK : PriorityClass.TRANSACTIONAL),
                section.number("deliverWithinSeconds", 0, 0, DAY_SECONDS),
                section.number("cancelAfterSeconds", 0, 0, DAY_SECONDS),
                section.choice("expect", Expectation.SETTLED));
    }

    private static Timing timing(Section section) {
        double from = section.number("fromSeconds", 0, 0, DAY_SECONDS);
        return new Timing(
                from,
                section.number("untilSeconds", from, 0, DAY_SECONDS),
                section.number("perSecond", 0, 0, MOST_PER_SECOND),
                section.choice("arrivals", Arrivals.CONSTANT),
                section.number("rampSeconds", 0, 0, DAY_SECONDS));
    }

    private static Audience audience(Section section, int mostPeople) {
        return new Audience(
                section.count("people", 1, 1, mostPeople),
                section.number("duplicateShare", 0, 0, 1),
                section.number("unknownShare", 0, 0, 1));
    }

    private static Optional<Fault> fault(Section section) {
        Optional<FaultKind> kind = section.choice("kind", FaultKind.class);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        section.keys().stream()
                .filter(key -> !kind.get().knows(key))
                .forEach(key -> section.fault(key, "is no key of a fault of this kind"));
        return Optional.of(new Fault(
                kind.get(),
                section.number("atSeconds", 0, 0, DAY_SECONDS),
                section.number("forSeconds", 0, 0, DAY_SECONDS),
                kind.get().knows("node") ? section.count("node", 1, 1, 100) : 0,
                kind.get().knows("tenants") ? section.text("tenants") : "",
                section.count("millis", 0, 1, 60_000),
                section.count("percent", 0, 1, 100)));
    }

    private static Bounds bounds(Section section) {
        Bounds bounds = new Bounds(
                section.number("acceptP99Millis", 0, 0, 3_600_000),
                section.number("singlesP99Millis", 0, 0, 3_600_000),
                section.number("refusedShare", 0, 0, 1),
                section.number("drainSeconds", 120, 1, DAY_SECONDS));
        section.finish();
        return bounds;
    }

    private static SearchSpec search(Section section) {
        SearchSpec search = new SearchSpec(
                section.number("fromPerSecond", 100, 1, MOST_PER_SECOND),
                section.number("toPerSecond", 100_000, 1, MOST_PER_SECOND),
                section.number("stepSeconds", 10, 1, 3_600),
                section.number("p99Millis", 50, 0.1, 3_600_000));
        section.finish();
        return search;
    }
}
