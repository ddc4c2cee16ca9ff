package dev.sluice.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.verdict.Runs;
import dev.sluice.loadtest.verdict.Snapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final StringWriter out = new StringWriter();

    @Test
    void aKeptPromiseIsSaid() {
        assertThat(conclude(Runs.good())).isTrue();
        assertThat(out.toString()).contains("Every promise was kept.").doesNotContain("BROKEN");
    }

    @Test
    void aBrokenPromiseFailsTheRunAndIsShown() {
        Snapshot broken = Runs.with(
                new Snapshot.Drops(0, 0, 0, 0, 0, 0), 0, 0, 0, List.of("budget api of organisation 1 is off"));
        assertThat(conclude(broken)).isFalse();
        assertThat(out.toString()).contains("BROKEN", "budget api of organisation 1 is off");
    }

    private boolean conclude(Snapshot run) {
        return Demo.conclude(run, new PrintWriter(out, true), Language.EN);
    }
}
