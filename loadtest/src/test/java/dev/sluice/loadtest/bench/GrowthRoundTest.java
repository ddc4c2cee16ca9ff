package dev.sluice.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.embedded.PostgresPrograms;
import dev.sluice.loadtest.bench.stage.Backlog;
import dev.sluice.loadtest.bench.stage.BenchNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthRoundTest {
    private static final int CAMPAIGN_PEOPLE = 2_000;
    private static final int BACKLOG = 1_000;
    private static final Scale SCALE =
            new Scale(new WarmUp(0), 1, 1, 1, 1, CAMPAIGN_PEOPLE, 1, 1, 1, 1, 1, List.of(BACKLOG));

    private static final String WAITING = "SELECT count(*) FROM delivery WHERE state = 0";
    private static final String SENT = "SELECT count(*) FROM delivery WHERE state = 1";

    @Test
    void whatIsMeasuredAtASizeIsSentAndOnlyTheSizeStaysWaiting(@TempDir Path data) throws IOException {
        try (BenchNode node = BenchNode.start(data, PostgresPrograms.embedded(data.resolve("bin")))) {
            GrowthRound round = new GrowthRound(node, SCALE);
            Backlog.make(node, BACKLOG);

            round.singles();
            round.campaign();

            assertThat(node.number(WAITING)).isEqualTo(BACKLOG);
            assertThat(node.number(SENT)).as("campaign and singles").isGreaterThan(CAMPAIGN_PEOPLE);
        }
    }
}
