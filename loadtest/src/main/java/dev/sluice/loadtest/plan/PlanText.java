package dev.sluice.loadtest.plan;

import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.plan.PlanTables.Rows;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/** A plan for a terminal. */
public final class PlanText {
    private final Plan plan;
    private final Language language;

    /** In a language. */
    public PlanText(Plan plan, Language language) {
        this.plan = plan;
        this.language = language;
    }

    /** From top to bottom. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(plan.scenario().name() + ": "
                + language.say(plan.scenario().descriptionEn(), plan.scenario().descriptionZh()));
        String begin = new Times(plan.start()).full(0) + " (" + EngineClock.PLATFORM_ZONE + ")";
        lines.add(language.say("Begins " + begin + "; nothing was sent.", "自 " + begin + " 起的推算；未发送任何消息。"));
        plan.remarks().forEach(remark -> lines.add(remark.words().wordsIn(language)));
        for (Rows rows : new PlanTables(plan).all()) {
            lines.add("");
            lines.addAll(table(rows).lines());
        }
        return lines;
    }

    private Table table(Rows rows) {
        Table table = new Table();
        rows.all()
                .forEach(row -> table.row(
                        row.stream().map(cell -> cell.wordsIn(language)).toArray(String[]::new)));
        return table;
    }
}
