package dev.sluice.loadtest.load.sampling;

import dev.sluice.engine.scheduling.status.LaneStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What holds lanes, as far as they were asked. With thousands of lanes only some are asked at a time, in turn: what one said before is believed until it is asked again.
 * Not thread-safe.
 */
final class WaitingReasons {
    /** No limit holds the lane: its people are about to go. */
    static final String NONE = "none";
    /** Nobody has asked it yet. */
    static final String NOT_ASKED = "not asked";

    /** By channel; whoever was asked longest ago is first. */
    private final Map<Long, String> said = new LinkedHashMap<>();

    /**
     * Asks some of those who wait, whoever was never asked before all others.
     *
     * @param channels those with people who wait
     * @param most asked now
     * @param board what lanes say, by channel; silent ones are missing
     */
    void ask(Collection<Long> channels, int most, Function<List<Long>, Map<Long, LaneStatus>> board) {
        said.keySet().retainAll(channels);
        Stream<Long> never = channels.stream().filter(channel -> !said.containsKey(channel));
        List<Long> asked = Stream.concat(never, new ArrayList<>(said.keySet()).stream())
                .limit(most)
                .toList();
        Map<Long, LaneStatus> statuses = board.apply(asked);
        for (long channel : asked) {
            said.remove(channel);
            said.put(channel, gate(statuses.get(channel)));
        }
    }

    /** The gate that holds a lane, {@value #NONE} or {@value #NOT_ASKED}. */
    String of(long channel) {
        return said.getOrDefault(channel, NOT_ASKED);
    }

    private static String gate(LaneStatus status) {
        return status == null || status.bindingGate().isEmpty() ? NONE : status.bindingGate();
    }
}
