package dev.sluice.loadtest.demo;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.report.GateWords;
import dev.sluice.loadtest.terminal.Columns;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.StateWords;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Progress in words and bars. Pure. */
final class ProgressText {
    private static final int NAME_COLUMNS = 13;
    private static final int LEAST_BAR = 10;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Language language;
    private final ZoneId zone;

    ProgressText(Language language, ZoneId zone) {
        this.language = language;
        this.zone = zone;
    }

    /** Two lines for each tenant, none wider than the terminal. */
    List<String> block(List<Progress> tenants, int singles, int columns) {
        List<String> lines = new ArrayList<>();
        for (Progress tenant : tenants) {
            lines.add(bar(tenant, columns));
            lines.add(Columns.cut("  " + states(tenant) + "  " + limit(tenant), columns));
        }
        lines.add(Columns.cut(singles(singles), columns));
        return lines;
    }

    /** One line for a log. */
    String line(Progress tenant) {
        return "%s %s  %s  %s".formatted(name(tenant), figures(tenant), states(tenant), limit(tenant));
    }

    private String bar(Progress tenant, int columns) {
        String figures = figures(tenant);
        int width = Math.max(LEAST_BAR, columns - NAME_COLUMNS - Columns.width(figures) - 4);
        long total = Math.max(1, tenant.total());
        int reached = (int) (width * (tenant.in(DeliveryState.SENT) + tenant.in(DeliveryState.DELIVERED)) / total);
        int settled = (int) (width * tenant.settled() / total);
        String bar = "█".repeat(reached) + "▒".repeat(settled - reached) + "·".repeat(width - settled);
        return Columns.cut(name(tenant) + "[" + bar + "] " + figures, columns);
    }

    private String name(Progress tenant) {
        return Columns.fit(language.say(tenant.plan().profile(), tenant.plan().chinese()), NAME_COLUMNS);
    }

    private String figures(Progress tenant) {
        return String.format(
                Locale.ROOT,
                "%3d%% %,7d/%,d  %,d%s  %s %s",
                100 * tenant.settled() / Math.max(1, tenant.total()),
                tenant.settled(),
                tenant.total(),
                tenant.lastMinute(),
                language.say("/min", "人/分"),
                language.say("ETA", "剩余"),
                minutes(tenant.left()));
    }

    private static String minutes(Duration left) {
        return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    }

    private String states(Progress tenant) {
        List<String> parts = new ArrayList<>();
        for (DeliveryState state : DeliveryState.values()) {
            if (tenant.in(state) > 0) {
                parts.add(String.format(Locale.ROOT, "%s %,d", StateWords.of(state, language), tenant.in(state)));
            }
        }
        return String.join(" · ", parts);
    }

    private String limit(Progress tenant) {
        if (tenant.gate().isEmpty()) {
            return tenant.in(DeliveryState.WAITING) == 0
                    ? language.say("done", "完成")
                    : language.say("| no limit binds", "| 无限制");
        }
        return language.say("| limit: ", "| 受限于：")
                + GateWords.of(tenant.gate()).wordsIn(language)
                + until(tenant.gateOpens());
    }

    private String until(Instant opens) {
        return opens == null ? "" : language.say(" until ", "，至 ") + CLOCK.format(opens.atZone(zone));
    }

    private String singles(int count) {
        return language.say("single sends of higher priority: ", "高优先级单发：") + count;
    }
}
