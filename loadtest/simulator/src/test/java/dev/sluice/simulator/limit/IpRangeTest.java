package dev.sluice.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,      10.1.2.3,   true",
        "10.1.2.3,      10.1.2.4,   false",
        "10.1.0.0/16,   10.1.255.9, true",
        "10.1.0.0/16,   10.2.0.1,   false",
        "200.0.0.0/7,   201.1.1.1,  true",
        "0.0.0.0/0,     9.9.9.9,    true",
        "10.1.0.0/16,   ::1,        false"
    })
    void aBlockHoldsTheAddressesOfItsPrefix(String range, String address, boolean inside) {
        assertThat(new IpRange(range).contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/33", "10.1.0.0/", "10.1.0.0/x", "10.1/16", "10.1.0.999/16", "::1/64"})
    void aBlockThatIsNoneIsRefusedWhenItIsEnteredAndNotWhenSomebodyCalls(String range) {
        assertThatThrownBy(() -> new IpRange(range)).isInstanceOf(IllegalArgumentException.class);
    }
}
