package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.report.data.SearchRecord;
import java.util.Locale;

/** What a search found, in one sentence. */
public final class SearchAnswer {
    private SearchAnswer() {}

    /** The sentence, without a full stop. */
    public static Label of(SearchRecord record) {
        String p99 = number(record.search().p99Millis());
        if (!record.found()) {
            String lowest = number(record.search().fromPerSecond());
            return new Label("Not even %s requests a second kept a p99 of %s ms", "每秒 %s 个请求也未能保持 p99 不超过 %s 毫秒")
                    .formatted(lowest, p99);
        }
        String highest = number(record.highestPerSecond());
        return new Label(
                        "Highest steady rate with p99 up to %s ms: %s requests a second",
                        "p99 不超过 %s 毫秒的最高稳定速率：每秒 %s 个请求")
                .formatted(p99, highest);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
