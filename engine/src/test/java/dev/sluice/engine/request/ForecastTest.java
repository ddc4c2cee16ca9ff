package dev.sluice.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.WorkNoticeChannel;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.testkit.TestChannels;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final int QPS = 20;
    private final ChannelAdapter adapter = new WorkNoticeChannel(AdapterOptions.strict());
    private final ChannelEntry channel =
            TestChannels.channel(ChannelKind.DINGTALK_WORK, new Limits(Map.of(Limits.QPS_PER_APP_AND_API, (long) QPS)));

    @Test
    void aContentThatTravelsToFewerPeopleCostsSoManyMoreCalls() {
        Forecast usual = Forecast.of(adapter, channel, adapter.mostPeople("{}"), 1_000);
        Forecast withStatusBar = Forecast.of(adapter, channel, adapter.mostPeople("{\"status_bar\":{}}"), 1_000);

        assertThat(usual.calls()).isEqualTo(10);
        assertThat(withStatusBar.calls()).isEqualTo(200);
        assertThat(withStatusBar.leastMillis()).isEqualTo(199 / QPS * 1_000);
    }
}
