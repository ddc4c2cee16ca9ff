package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.scheduling.lease.LeaseStore.BusyApp;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppShareTest {
    @Test
    void anOnlyNodeWantsAllThatIsNobodys() {
        assertThat(share(1, Set.of(), nobodys(1), nobodys(2), another(3)).wanted())
                .containsExactly(1L, 2L);
    }

    @Test
    void nobodyClaimsBeyondItsShare() {
        AppShare share = share(2, Set.of(1L), ours(1), nobodys(2), nobodys(3), another(4));
        assertThat(share.kept()).containsExactly(1L);
        assertThat(share.wanted()).containsExactly(2L);
        assertThat(share.excess()).isZero();
    }

    @Test
    void whoHasMoreGivesTheRestUp() {
        AppShare share = share(2, Set.of(1L, 2L, 3L), ours(1), ours(2), ours(3), nobodys(4));
        assertThat(share.excess()).isOne();
        assertThat(share.wanted()).isEmpty();
    }

    @Test
    void whatAnotherHasByNowIsLost() {
        AppShare share = share(2, Set.of(1L), another(1));
        assertThat(share.lost()).containsExactly(1L);
        assertThat(share.kept()).isEmpty();
    }

    @Test
    void ofWhatCameSinceTheQuestionTheAnswerSaysNothing() {
        AppShare share = AppShare.of(List.of(nobodys(1)), 1, Set.of(1L), Set.of());
        assertThat(share.lost()).isEmpty();
        assertThat(share.kept()).containsExactly(1L);
    }

    @Test
    void aClaimWhoseAnswerGotLostIsKnownAsSuch() {
        assertThat(share(1, Set.of(), ours(1)).unanswered()).containsExactly(1L);
    }

    private static AppShare share(int nodes, Set<Long> having, BusyApp... busy) {
        return AppShare.of(List.of(busy), nodes, having, having);
    }

    private static BusyApp ours(long appId) {
        return new BusyApp(appId, true, true, 1);
    }

    private static BusyApp another(long appId) {
        return new BusyApp(appId, true, false, 1);
    }

    private static BusyApp nobodys(long appId) {
        return new BusyApp(appId, false, false, 1);
    }
}
