package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.quota.SlotGate;
import java.util.List;

/** What questions about what became of a call have in common: each is metered, passes its own rate gate, and is answered for 24 hours. */
abstract class DingTalkReceipts implements ReceiptProtocol {
    private static final long WINDOW_MILLIS = 24L * 60 * 60 * 1000;

    private final String api;
    private final AdapterOptions options;

    DingTalkReceipts(String api, AdapterOptions options) {
        this.api = api;
        this.options = options;
    }

    @Override
    public final String api() {
        return api;
    }

    @Override
    public final List<SlotGate> gates(ChannelEntry channel) {
        return DingTalkGates.of(channel.app(), options)
                .callsPerSecond(api)
                .callsPerAddress()
                .slots();
    }

    @Override
    public final long firstAskAfterMillis() {
        return options.receiptAfterMillis();
    }

    @Override
    public final long answersForMillis() {
        return WINDOW_MILLIS;
    }

    @Override
    public final boolean metered() {
        return true;
    }
}
