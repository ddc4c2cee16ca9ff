package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({"192.0.2.1,192.0.2.1", "2001:db8:1:2::1,2001:db8:1:2:3:4:5:6", "::1,::1", "::ffff:192.0.2.1,192.0.2.1"})
    void isOneClientWithWhateverBelongsToTheSameNetworkOfAHost(String one, String other) throws UnknownHostException {
        assertThat(client(one)).isEqualTo(client(other));
    }

    @Test
    void isAnotherClientInAnotherNetwork() throws UnknownHostException {
        assertThat(client("2001:db8:1:2::1")).isNotEqualTo(client("2001:db8:1:3::1"));
        assertThat(client("192.0.2.1")).isNotEqualTo(client("192.0.2.2"));
    }

    private static String client(String address) throws UnknownHostException {
        return ClientAddress.of(
                SocketAddress.inetSocketAddress(new InetSocketAddress(InetAddress.getByName(address), 1)));
    }
}
