package dev.sluice.loadtest.load;

import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.verdict.Verdict;

/** The last line of a run. */
final class Conclusion {
    private Conclusion() {}

    static String of(Verdict verdict, Language language) {
        return verdict.holds()
                ? language.say("Every promise was kept.", "所有承诺均已兑现。")
                : language.say("A PROMISE IS BROKEN: see above.", "有承诺未兑现：见上表。");
    }
}
