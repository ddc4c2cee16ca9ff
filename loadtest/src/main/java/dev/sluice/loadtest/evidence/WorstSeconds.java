package dev.sluice.loadtest.evidence;

import dev.sluice.loadtest.verdict.OrganisationReading.WorstSecond;
import dev.sluice.simulator.http.Api;
import java.util.Collection;
import java.util.List;

/** The worst second of each API that an organisation called. */
public final class WorstSeconds {
    /** Messages, and the questions what became of them. */
    private static final List<Api> APIS =
            List.of(Api.NOTICE_SEND, Api.NOTICE_RESULT, Api.NOTICE_PROGRESS, Api.ROBOT_SEND, Api.ROBOT_READ_STATUS);

    private WorstSeconds() {}

    /**
     * Of its worst app.
     *
     * @param appKeys of its apps
     * @param qps that each of them has
     */
    public static List<WorstSecond> of(PlatformTally tally, Collection<String> appKeys, long qps) {
        return APIS.stream()
                .map(api -> new WorstSecond(
                        api.path().substring(api.path().lastIndexOf('/') + 1), worst(tally, appKeys, api), qps))
                .filter(second -> second.calls() > 0)
                .toList();
    }

    private static long worst(PlatformTally tally, Collection<String> appKeys, Api api) {
        return appKeys.stream()
                .mapToLong(app -> tally.worstSecond(app, api))
                .max()
                .orElse(0);
    }
}
