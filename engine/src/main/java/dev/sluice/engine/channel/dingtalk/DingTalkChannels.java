package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.ChannelAdapter;
import java.util.List;

/** All of DingTalk's adapters. */
public final class DingTalkChannels {
    private DingTalkChannels() {}

    /** One adapter for each kind of DingTalk channel. */
    public static List<ChannelAdapter> adapters(AdapterOptions options) {
        return List.of(
                new WorkNoticeChannel(options), new RobotOneToOneChannel(options), new WebhookRobotChannel(options));
    }
}
