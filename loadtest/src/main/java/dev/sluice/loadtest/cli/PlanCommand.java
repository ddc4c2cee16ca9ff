package dev.sluice.loadtest.cli;

import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.plan.CostModel;
import dev.sluice.loadtest.plan.Paper;
import dev.sluice.loadtest.plan.Plan;
import dev.sluice.loadtest.plan.PlanPage;
import dev.sluice.loadtest.plan.PlanSize;
import dev.sluice.loadtest.plan.PlanText;
import dev.sluice.loadtest.plan.Planning;
import dev.sluice.loadtest.plan.Planning.WhatIfs;
import dev.sluice.loadtest.plan.Tiers;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.scenario.ScenarioOptions;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.OutputPlace;
import dev.sluice.loadtest.terminal.SmallFile;
import dev.sluice.loadtest.terminal.SpeakingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice plan}: what a scenario would cost and when it would end, without sending. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Say when a scenario ends, what it costs and which limit binds, without sending anything.%n"
                + "不发送任何消息，推算场景何时结束、耗费多少调用、受何限制。")
final class PlanCommand implements Callable<Integer> {
    private static final double MOST_PEOPLE = 1e9;
    private static final int MOST_TENANTS = 1_000_000;
    private static final String USUAL_TIER = "standard";
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOptions scenario;

    @Option(
            names = "--tenants",
            description = {"Instead of a file: so many equal tenants. Needs --people.", "不用场景文件：相同租户的个数，须同时给出 --people。"
            })
    private Integer tenants;

    @Option(
            names = "--people",
            description = {
                "With --tenants: people of all of them together, such as 50e6. Each has as many, so there may be a few more.",
                "与 --tenants 一起使用：全部租户的合计人数，例如 50e6。各租户人数相同，因此合计可能略多。"
            })
    private Double people;

    @Option(
            names = "--tier",
            description = {
                "With --tenants: their tier (default: " + USUAL_TIER + ").",
                "与 --tenants 一起使用：租户的套餐（默认 " + USUAL_TIER + "）。"
            })
    private String tier;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "09:00",
            description = {
                "When it begins, on the platform's clock: 09:00 or 2026-12-31T09:00 (default: ${DEFAULT-VALUE} today).",
                "开始时间（平台时区）：09:00 或 2026-12-31T09:00（默认今天 ${DEFAULT-VALUE}）。"
            })
    private String at;

    @Option(
            names = "--what-if",
            negatable = true,
            description = {
                "Also say what an upgrade, an app, another channel and so on would change (default: up to 100,000 calls and apps).",
                "同时推算升级套餐、增加应用、更换通道等的效果（默认：不超过 10 万次调用且不超过 10 万个应用时）。"
            })
    private Boolean whatIf;

    @Option(
            names = "--department-people",
            defaultValue = "50",
            description = {
                "People of a department on average, for calls that name departments (default: ${DEFAULT-VALUE}).",
                "部门平均人数，用于按部门发送（默认 ${DEFAULT-VALUE}）。"
            })
    private int departmentPeople;

    @Option(
            names = "--costs",
            paramLabel = "FILE.costs.yaml",
            description = {
                "What calls and deliveries cost on a machine like yours, as ./sluice bench cost writes it (default: what was measured for this build).",
                "你的机器上调用与投递的开销，由 ./sluice bench cost 生成（默认用本版本测得的数值）。"
            })
    private Path costsFile;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = {"Also write it with pictures as one HTML file.", "同时输出带图的 HTML 文件。"})
    private Path report;

    @Mixin
    private SpeakingOptions speaking;

    @Override
    public Integer call() throws IOException, ScenarioInvalid {
        Language spoken = speaking.language();
        WhatIfs asked = whatIf == null ? WhatIfs.WHEN_SHORT : whatIf ? WhatIfs.ALWAYS : WhatIfs.NEVER;
        Tiers tiers = Tiers.builtIn();
        Scenario planned = scenario(tiers);
        Instant start = start();
        int departments = within(departmentPeople);
        if (report != null) {
            new OutputPlace(spec, "--report").file(report);
        }
        CostModel costs = costs();
        fits(planned, asked);
        Plan plan = new Planning(tiers, costs).plan(planned, start, asked, departments);
        new PlanText(plan, spoken).lines().forEach(spec.commandLine().getOut()::println);
        if (report != null) {
            Files.writeString(report, new PlanPage(plan).html());
        }
        return 0;
    }

    private Scenario scenario(Tiers tiers) throws ScenarioInvalid {
        if (scenario.named() && (tenants != null || people != null || tier != null)) {
            throw wrong("a scenario file says who sends: leave --tenants, --people and --tier out, or the file");
        }
        Scenario read = scenario.read(this::paper, tiers.names());
        return scenario.named() ? read : Paper.of(read.tenants().getFirst());
    }

    private void fits(Scenario planned, WhatIfs asked) {
        Optional<String> refusal =
                PlanSize.of(planned, asked).refusal(Runtime.getRuntime().maxMemory());
        if (refusal.isPresent()) {
            throw wrong(refusal.get());
        }
    }

    private Scenario paper() {
        if (tenants == null || people == null) {
            throw wrong("name a scenario file, or --tenants and --people");
        }
        if (tenants < 1 || tenants > MOST_TENANTS || !(people >= tenants) || people > MOST_PEOPLE) {
            throw wrong("--tenants takes 1 to 1000000 and --people as many or more, up to 1e9");
        }
        return Paper.of(tenants, people.longValue(), tier == null ? USUAL_TIER : tier);
    }

    private CostModel costs() {
        if (costsFile == null) {
            return CostModel.measured();
        }
        try {
            return CostModel.measured().over(SmallFile.text(costsFile));
        } catch (IOException unreadable) {
            throw wrong("--costs: cannot read %s: name a file that ./sluice bench cost wrote".formatted(costsFile));
        } catch (IllegalArgumentException invalid) {
            throw wrong("--costs: %s: %s".formatted(costsFile, invalid.getMessage()));
        }
    }

    private Instant start() {
        try {
            LocalDateTime local = at.contains("T")
                    ? LocalDateTime.parse(at)
                    : LocalDate.now(EngineClock.PLATFORM_ZONE).atTime(LocalTime.parse(at));
            if (local.getYear() < FIRST_YEAR || local.getYear() > LAST_YEAR) {
                throw new DateTimeException("no year of this platform");
            }
            return local.atZone(EngineClock.PLATFORM_ZONE).toInstant();
        } catch (DateTimeException e) {
            throw wrong("--at must look like 09:00 or 2026-12-31T09:00, not " + at);
        }
    }

    private int within(int departments) {
        if (departments < 1 || departments > 5_000) {
            throw wrong("--department-people takes 1 to 5000, not " + departments);
        }
        return departments;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
