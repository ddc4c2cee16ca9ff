package dev.sluice.loadtest.load;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.bench.report.Machine;
import dev.sluice.loadtest.report.EngineAwayWords;
import dev.sluice.loadtest.report.ReportFiles;
import dev.sluice.loadtest.report.SearchAnswer;
import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.StateWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said and written when a run is over: the verdict or the answer, and the report if one was asked for. */
final class Conclusion {
    private final LoadOptions options;
    private final PrintWriter out;
    private final Language language;

    Conclusion(LoadOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
        this.language = options.language();
    }

    /** Of a run. */
    Ending of(JudgedRun run) throws IOException {
        out.println();
        run.verdict().lines(language).forEach(out::println);
        run.bookFaults().forEach(out::println);
        out.println();
        states(run.record().states()).ifPresent(out::println);
        if (options.reports().isPresent()) {
            say(ReportFiles.write(options.reports().get(), run.record()));
        }
        run.record()
                .engineAway()
                .map(EngineAwayWords::of)
                .ifPresent(sentence -> out.println(sentence.wordsIn(language) + language.say(".", "。")));
        Ending ending = ending(run);
        out.println(
                switch (ending) {
                    case KEPT -> run.verdict().kept().wordsIn(language);
                    case BROKEN -> language.say("A PROMISE IS BROKEN: see above.", "有承诺未兑现：见上表。");
                    case UNKNOWN -> language.say("NOT EVERY PROMISE COULD BE JUDGED.", "部分承诺无法核对。");
                });
        out.flush();
        return ending;
    }

    /** Whoever failed is settled like whoever has it, and breaks no promise. */
    private Optional<String> states(Map<DeliveryState, Long> states) {
        String told = Arrays.stream(DeliveryState.values())
                .filter(state -> states.getOrDefault(state, 0L) > 0)
                .map(state -> String.format(Locale.ROOT, "%s %,d", StateWords.of(state, language), states.get(state)))
                .collect(Collectors.joining(language.say(", ", "，")));
        return told.isEmpty() ? Optional.empty() : Optional.of(language.say("People by state: ", "各状态人数：") + told);
    }

    private static Ending ending(JudgedRun run) {
        if (!run.verdict().holds()) {
            return Ending.BROKEN;
        }
        return run.record().engineAway().isPresent() ? Ending.UNKNOWN : Ending.KEPT;
    }

    /** Of a search. */
    Ending of(SearchRecord search) throws IOException {
        if (options.reports().isPresent()) {
            say(ReportFiles.write(options.reports().get(), search));
        }
        out.println(String.format(
                Locale.ROOT,
                language.say("%s (load average %.2f; %s)", "%s（系统负载 %.2f；%s）"),
                SearchAnswer.of(search).wordsIn(language),
                Machine.loadAverage(),
                options.command()));
        out.flush();
        return search.found() ? Ending.KEPT : Ending.BROKEN;
    }

    private void say(Path html) {
        out.println(language.say("The report is in ", "报告：") + html);
    }
}
