package dev.sluice.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.load.remote.RemoteEngine.Absence;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.terminal.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemoteDisplayTest {
    private static final RunStart START = new RunStart(Instant.EPOCH, 1_000_000_000L, 0);

    private final StringWriter out = new StringWriter();
    private final AtomicReference<Optional<Absence>> absence = new AtomicReference<>(Optional.empty());

    @Test
    void aSilenceHasOneLineWhenItBeginsAndOneWhenItIsOver() {
        RemoteDisplay display = display(Language.EN, Optional.empty());
        run(display, 1, 3);
        absence.set(silence(2.6, 0));
        run(display, 4, 30);
        absence.set(Optional.empty());
        run(display, 31, 40);
        assertThat(happened())
                .containsExactly(
                        "   4 s  the engine gave no answer from second 3 on; it is asked again and again",
                        "  31 s  the engine answers again");
    }

    @Test
    void inChineseToo() {
        RemoteDisplay display = display(Language.ZH, Optional.empty());
        absence.set(silence(0, 503));
        run(display, 1, 1);
        absence.set(Optional.empty());
        run(display, 2, 2);
        assertThat(happened()).containsExactly("   1 s  引擎自第 0 秒起仅应答 503；将继续询问", "   2 s  引擎恢复应答");
    }

    @Test
    void anAnswerThatIsNotOneOfItsApiIsNotCalledOne() {
        RemoteDisplay display = display(Language.EN, Optional.empty());
        absence.set(silence(1, 200));
        run(display, 1, 1);
        assertThat(happened())
                .containsExactly(
                        "   1 s  the engine gave no answer that its API promises from second 1 on; it is asked again and again");
    }

    @Test
    void anEngineThatComesAndGoesEachSecondDoesNotFillTheTerminal() {
        RemoteDisplay display = display(Language.EN, Optional.empty());
        for (int second = 1; second <= 60; second++) {
            absence.set(second % 2 == 0 ? silence(second, 503) : Optional.empty());
            run(display, second, second);
        }
        assertThat(happened()).hasSize(12);
    }

    @Test
    void onATerminalTheLineStaysAboveWhatIsRedrawn() {
        RemoteDisplay display = display(Language.EN, Optional.of(80));
        run(display, 1, 1);
        absence.set(silence(1, 0));
        run(display, 2, 3);
        assertThat(line(2)).startsWith("\u001b[1A\r\u001b[J   2 s  the engine gave no answer");
        assertThat(line(3)).startsWith("\r   2 s [");
        assertThat(line(4)).startsWith("\u001b[1A\r   3 s [");
    }

    private RemoteDisplay display(Language language, Optional<Integer> columns) {
        LoadDisplay display = new LoadDisplay(new PrintWriter(out, true), new LoadText(language), columns);
        return new RemoteDisplay(display, START, absence::get);
    }

    private static Optional<Absence> silence(double second, int status) {
        long nanos = START.nanos() + (long) (second * 1e9);
        return Optional.of(new Absence(nanos, nanos, status));
    }

    private static void run(RemoteDisplay display, int first, int last) {
        IntStream.rangeClosed(first, last)
                .forEach(second -> display.accept(new Sample(second, 9, 9, 0, 0, Optional.empty())));
    }

    /** All but the samples. */
    private List<String> happened() {
        return out.toString()
                .lines()
                .filter(line -> line.contains("the engine") || line.contains("引擎"))
                .toList();
    }

    /** Counted from 1. */
    private String line(int number) {
        return out.toString().split("\n", -1)[number - 1];
    }
}
