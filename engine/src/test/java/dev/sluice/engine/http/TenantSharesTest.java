package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.TenantShares.Room;
import org.junit.jupiter.api.Test;

class TenantSharesTest {
    private final TenantShares shares = new TenantShares(10, 6);

    @Test
    void noTenantTakesMoreThanItsShareAndAllTogetherNoMoreThanThereIs() {
        assertThat(shares.take(1, 4)).isEqualTo(Room.FREE);
        assertThat(shares.take(1, 3)).isEqualTo(Room.TENANT_FULL);
        assertThat(shares.take(1, 2)).isEqualTo(Room.FREE);
        assertThat(shares.take(2, 5)).isEqualTo(Room.FULL);
        assertThat(shares.take(2, 4)).isEqualTo(Room.FREE);
        assertThat(shares.taken()).isEqualTo(10);
    }

    @Test
    void whatIsGivenBackIsThereForEverybody() {
        shares.take(1, 6);
        shares.take(2, 4);
        shares.giveBack(1, 6);
        assertThat(shares.take(2, 3)).isEqualTo(Room.TENANT_FULL);
        assertThat(shares.take(3, 6)).isEqualTo(Room.FREE);
    }

    @Test
    void ofASinglePlaceATenantHasAll() {
        assertThat(TenantShares.percentOf(1, 60)).isOne();
        assertThat(TenantShares.percentOf(16, 60)).isEqualTo(9);
    }
}
