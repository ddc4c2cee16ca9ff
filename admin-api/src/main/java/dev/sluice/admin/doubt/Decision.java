package dev.sluice.admin.doubt;

import dev.sluice.engine.model.DeliveryState;
import java.util.Arrays;
import java.util.List;

/** What an operator decides about deliveries in doubt. */
enum Decision {
    /** They arrived: the operator saw it, or asked. */
    MARK_SENT("mark-sent", DeliveryState.SENT),
    /** They did not arrive and shall not. */
    MARK_FAILED("mark-failed", DeliveryState.FAILED),
    /** They shall go once more, at the risk that somebody gets it twice. */
    RESEND("resend", DeliveryState.WAITING);

    static final List<String> WIRE_NAMES =
            Arrays.stream(values()).map(decision -> decision.wireName).toList();

    final String wireName;
    final DeliveryState state;

    Decision(String wireName, DeliveryState state) {
        this.wireName = wireName;
        this.state = state;
    }

    static Decision ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(decision -> decision.wireName.equals(wireName))
                .findFirst()
                .orElseThrow();
    }
}
