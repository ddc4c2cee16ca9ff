package dev.sluice.loadtest.load;

import dev.sluice.loadtest.load.remote.RemoteEngine.Absence;
import dev.sluice.loadtest.report.EngineAwayWords;
import dev.sluice.loadtest.report.data.Sample;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shows each sample of a run at an engine elsewhere, with a line when the engine falls silent and one when it answers again. One thread. */
final class RemoteDisplay implements Consumer<Sample> {
    /** An engine that comes and goes all the time gets two lines in so long: the report has the rest. */
    private static final double LEAST_SECONDS_BETWEEN = 10;

    private final LoadDisplay display;
    private final RunStart start;
    private final Supplier<Optional<Absence>> absence;
    private boolean silenceSaid;
    private double nextSilenceAtSecond;

    /**
     * @param absence since when the engine answers nothing; empty while it does
     */
    RemoteDisplay(LoadDisplay display, RunStart start, Supplier<Optional<Absence>> absence) {
        this.display = display;
        this.start = start;
        this.absence = absence;
    }

    @Override
    public void accept(Sample now) {
        Optional<Absence> silence = absence.get();
        if (silence.isPresent()) {
            fallenSilent(now, silence.get());
        } else if (silenceSaid) {
            silenceSaid = false;
            display.say(now, EngineAwayWords.ANSWERS_AGAIN);
        }
        display.accept(now);
    }

    private void fallenSilent(Sample now, Absence silence) {
        if (!silenceSaid && now.second() >= nextSilenceAtSecond) {
            silenceSaid = true;
            nextSilenceAtSecond = now.second() + LEAST_SECONDS_BETWEEN;
            display.say(now, EngineAwayWords.silent(start.second(silence.sinceNanos()), silence.status()));
        }
    }
}
