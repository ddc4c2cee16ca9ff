package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.metrics.Meters;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.scheduling.hold.Trouble;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What scheduling and sending count, resolved once for each kind of channel. Thread-safe. */
public final class DeliveryMeters {
    private final MeterRegistry registry;
    private final Map<ChannelKind, OfKind> kinds = new EnumMap<>(ChannelKind.class);
    private final Map<DeliveryState, Counter> settled = new EnumMap<>(DeliveryState.class);

    private static final class OfKind {
        final Map<CallState, Counter> calls = new EnumMap<>(CallState.class);
        final Map<ThrottleScope, Counter> throttled = new EnumMap<>(ThrottleScope.class);
        final DistributionSummary people;
        final Timer answer;

        OfKind(MeterRegistry registry, ChannelKind kind) {
            Tags tags = Tags.of("kind", kind.wireName());
            for (CallState state : CallState.values()) {
                calls.put(state, registry.counter("sluice.calls", tags.and("state", state.wireName())));
            }
            for (ThrottleScope scope : ThrottleScope.values()) {
                throttled.put(scope, registry.counter("sluice.platform.throttled", tags.and("scope", lower(scope))));
            }
            people = registry.summary("sluice.call.people", tags);
            answer = registry.timer("sluice.call.answer", tags);
        }
    }

    /** Meters in a registry. */
    public DeliveryMeters(MeterRegistry registry) {
        this.registry = registry;
        for (ChannelKind kind : ChannelKind.values()) {
            kinds.put(kind, new OfKind(registry, kind));
        }
        for (DeliveryState state : DeliveryState.values()) {
            settled.put(state, registry.counter("sluice.deliveries.settled", "state", lower(state)));
        }
    }

    /** A send ended, which no resend and no question is: how many travelled in it tells how full calls are. */
    void call(ChannelKind kind, CallState state, int people, long tookNanos) {
        OfKind meters = kinds.get(kind);
        meters.calls.get(state).increment();
        meters.people.record(people);
        meters.answer.record(tookNanos, TimeUnit.NANOSECONDS);
    }

    /** The platform throttled us although our gates let the call go: each of these is a bug to explain, or somebody else's traffic. */
    void throttled(ChannelKind kind, ThrottleScope scope) {
        kinds.get(kind).throttled.get(scope).increment();
    }

    /** Deliveries that came to a state, whatever brought them there: a call, a receipt, a resend, a deadline. */
    void settled(DeliveryState state, int deliveries) {
        settled.get(state).increment(deliveries);
    }

    /** A gate said not yet; the name is without its numbers, so that values stay few. */
    void refused(String gateName) {
        registry.counter("sluice.gate.refusals", "gate", gateName).increment();
    }

    /** What an instance holds, where the documentation says what bounds it. */
    void gauge(String name, String description, int instance, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("instance", String.valueOf(instance))
                .register(registry);
    }

    /** Lanes of an instance with people who wait although no limit, no platform and no person holds them. */
    void lanesHeld(Trouble cause, int instance, Supplier<Number> value) {
        Gauge.builder("sluice.lanes.held", value)
                .description("Lanes whose people wait because something is out of order.")
                .tag("instance", String.valueOf(instance))
                .tag("cause", cause.gate())
                .register(registry);
    }

    /** What an instance holds, and the most that it may hold. */
    void bounded(String name, String description, int instance, Supplier<Number> value, long bound) {
        Meters.bounded(registry, name, description, Tags.of("instance", String.valueOf(instance)), value, bound);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
