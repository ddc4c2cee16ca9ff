package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.Test;

class JdbcAddressTest {
    @Test
    void anIpv6AddressStandsInBracketsAsInTheAddressThatWasGiven() {
        assertThat(JdbcAddress.of(PgConnectOptions.fromUri("postgresql://me:secret@[::1]:5433/sluice"))
                        .url())
                .startsWith("jdbc:postgresql://[::1]:5433/sluice?");
        assertThat(JdbcAddress.of(PgConnectOptions.fromUri("postgresql://me:secret@127.0.0.1:5433/sluice"))
                        .url())
                .startsWith("jdbc:postgresql://127.0.0.1:5433/sluice?");
    }
}
