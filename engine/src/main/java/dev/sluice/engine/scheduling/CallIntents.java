package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.settling.CallIntent;
import java.time.LocalDate;
import java.util.List;

/** What the three kinds of calls reserve. Pure. */
final class CallIntents {
    private CallIntents() {}

    static CallIntent send(Lane lane, long callId, List<DeliveryKey> keys, LocalDate month, boolean bulk) {
        return intent(
                lane,
                callId,
                Purpose.SEND,
                0,
                lane.adapter().api(),
                keys,
                month,
                1,
                bulk ? lane.channel().reservePercent() : 0);
    }

    /** A resend answers for people who were let through once, so it may use the reserve. */
    static CallIntent resend(Lane lane, long callId, long doubtfulCallId, List<DeliveryKey> keys, LocalDate month) {
        return intent(
                lane, callId, Purpose.RESEND, doubtfulCallId, lane.adapter().api(), keys, month, 1, 0);
    }

    /** A query never takes what urgent messages may need. */
    static CallIntent query(Lane lane, long callId, long subjectCallId, ReceiptProtocol protocol, LocalDate month) {
        return intent(
                lane,
                callId,
                Purpose.QUERY,
                subjectCallId,
                protocol.api(),
                List.of(),
                month,
                protocol.metered() ? 1 : 0,
                lane.channel().reservePercent());
    }

    private static CallIntent intent(
            Lane lane,
            long callId,
            Purpose purpose,
            long subjectCallId,
            String api,
            List<DeliveryKey> keys,
            LocalDate month,
            int units,
            int reservePercent) {
        ChannelEntry channel = lane.channel();
        BudgetPool pool = lane.adapter().pool();
        boolean limited = channel.app()
                .organisation()
                .limits()
                .value(pool.grantLimitName())
                .isPresent();
        return new CallIntent(
                channel.tenantId(),
                callId,
                channel.app().id(),
                lane.epoch(),
                channel.id(),
                channel.app().organisation().id(),
                purpose,
                subjectCallId,
                api,
                keys,
                month,
                pool,
                units,
                limited,
                reservePercent);
    }
}
