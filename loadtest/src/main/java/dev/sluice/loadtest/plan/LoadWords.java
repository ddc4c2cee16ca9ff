package dev.sluice.loadtest.plan;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.LoadKind;

/** What a load is called among people: who sends, how, and how urgently. Pure. */
final class LoadWords {
    private LoadWords() {}

    /** In English the words of the scenario file. */
    static Label of(Load load) {
        return new Label("%s: %s, %s", "%s：%s，%s")
                .formatted(load.tenants(), kind(load.kind()), priority(load.priority()));
    }

    private static Label kind(LoadKind kind) {
        return switch (kind) {
            case SINGLES -> new Label("singles", "单发");
            case BULK -> new Label("bulk", "批量");
            case CAMPAIGN -> new Label("campaign", "群发");
        };
    }

    /** The Chinese says that it is a priority: bulk is a kind as well. */
    private static Label priority(PriorityClass priority) {
        return switch (priority) {
            case CRITICAL -> new Label("critical", "紧急级");
            case TRANSACTIONAL -> new Label("transactional", "事务级");
            case BULK -> new Label("bulk", "批量级");
        };
    }
}
