package dev.sluice.engine.quota;

import java.util.List;

/**
 * A granted right to make one call.
 *
 * @param token unique; releases name it, so that a late one cannot free what was granted again
 * @param requests what was taken
 * @param grantedAtNanos monotonic time at which it was asked for, so never later than the grant
 */
public record SlotPermit(String token, List<SlotRequest> requests, long grantedAtNanos) {
    public SlotPermit {
        requests = List.copyOf(requests);
    }
}
