package dev.sluice.loadtest.load;

import dev.sluice.loadtest.report.SearchStepWords;
import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.terminal.Language;
import java.util.Locale;

/** The steps of a search in words. Pure. */
final class SearchText {
    private final Language language;

    SearchText(Language language) {
        this.language = language;
    }

    /** One line. */
    String line(SearchStep step) {
        return String.format(
                Locale.ROOT,
                language.say(
                        "%s: %,.0f/s  p50 %s  p99 %s  max %s ms  refused %,d  %s",
                        "%s：每秒 %,.0f  p50 %s  p99 %s  最大 %s 毫秒  拒绝 %,d  %s"),
                SearchStepWords.of(step).wordsIn(language),
                step.perSecond(),
                figure(step.p50Millis()),
                figure(step.p99Millis()),
                figure(step.maxMillis()),
                step.refused(),
                step.kept() ? language.say("OK", "达到") : "-");
    }

    /** Nothing was accepted where it is not a number. */
    private static String figure(double millis) {
        return Double.isFinite(millis) ? String.format(Locale.ROOT, "%.1f", millis) : "-";
    }
}
