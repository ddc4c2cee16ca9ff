package dev.sluice.simulator.fault;

import dev.sluice.simulator.http.Api;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The faults in force. Rules are asked in the order in which they came; several may meet one call. Safe for any thread. */
public final class Faults {
    private final Map<Long, Script> scripts = new LinkedHashMap<>();
    private volatile boolean quiet = true;
    private long nextId = 1;

    private static final class Script {
        private final FaultRule rule;
        private final SplittableRandom random;
        private long skipped;
        private long met;

        Script(FaultRule rule) {
            this.rule = rule;
            this.random = new SplittableRandom(rule.seed());
        }

        boolean isSpent() {
            return rule.count() >= 0 && met >= rule.count();
        }

        boolean meets() {
            if (isSpent()) {
                return false;
            }
            if (skipped < rule.skip()) {
                skipped++;
                return false;
            }
            if (rule.percent() < 100 && random.nextDouble() * 100 >= rule.percent()) {
                return false;
            }
            met++;
            return true;
        }
    }

    /** What meets one call: effects in order, delays already drawn. */
    public record Meeting(List<Effect> effects, long delayBeforeMillis, long delayAfterMillis) {
        private static final Meeting NONE = new Meeting(List.of(), 0, 0);

        /** Nothing at all. */
        public static Meeting none() {
            return NONE;
        }

        /** The first effect of a kind, or null. */
        public <E extends Effect> E find(Class<E> kind) {
            for (Effect effect : effects) {
                if (kind.isInstance(effect)) {
                    return kind.cast(effect);
                }
            }
            return null;
        }

        public boolean has(Class<? extends Effect> kind) {
            return !effects.isEmpty() && find(kind) != null;
        }
    }

    /** Adds a rule; answers its id. */
    public synchronized long add(FaultRule rule) {
        scripts.put(nextId, new Script(rule));
        quiet = false;
        return nextId++;
    }

    /** Removes a rule; says whether it was there. */
    public synchronized boolean remove(long id) {
        boolean found = scripts.remove(id) != null;
        quiet = scripts.isEmpty();
        return found;
    }

    public synchronized void clear() {
        scripts.clear();
        quiet = true;
    }

    /** How many calls a rule has met; -1 if there is no such rule. */
    public synchronized long met(long id) {
        Script script = scripts.get(id);
        return script == null ? -1 : script.met;
    }

    /** The rules by id. */
    public synchronized Map<Long, FaultRule> rules() {
        Map<Long, FaultRule> rules = new LinkedHashMap<>();
        scripts.forEach((id, script) -> rules.put(id, script.rule));
        return rules;
    }

    /** Whether there is no rule at all. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Draws what meets a call, by its caller, its API and its body. */
    public synchronized Meeting meet(String appKey, Api api, Buffer body) {
        List<Effect> effects = new ArrayList<>();
        long before = 0;
        long after = 0;
        for (Script script : scripts.values()) {
            if (script.rule.concerns(appKey, api, body) && script.meets()) {
                Effect effect = script.rule.effect();
                effects.add(effect);
                if (effect instanceof Effect.DelayBefore delay) {
                    before += delay.latency().nextMillis(script.random);
                } else if (effect instanceof Effect.DelayAfter delay) {
                    after += delay.latency().nextMillis(script.random);
                }
            }
        }
        return effects.isEmpty() ? Meeting.NONE : new Meeting(List.copyOf(effects), before, after);
    }
}
