package dev.sluice.engine.model;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The limits in force for an organisation on a day: name to value. A name that is missing means that there is no such limit. Immutable.
 *
 * @param values limit values by name
 */
public record Limits(Map<String, Long> values) {
    /** Calls of one app to one API in any second. */
    public static final String QPS_PER_APP_AND_API = "qps-per-app-and-api";
    /** People reached by work notices in any minute. */
    public static final String PEOPLE_PER_MINUTE = "people-per-minute";
    /** Work notices to one person from one app in a day. */
    public static final String MESSAGES_PER_PERSON_AND_DAY = "messages-per-person-and-day";
    /** Identical work notices to one person from one app in a day. */
    public static final String SAME_CONTENT_PER_PERSON_AND_DAY = "same-content-per-person-and-day";
    /** Calls of everybody behind one egress address in any 20 seconds. */
    public static final String CALLS_PER_IP_AND_20S = "calls-per-ip-and-20s";
    /** Messages of one webhook robot in any minute. */
    public static final String WEBHOOK_MESSAGES_PER_MINUTE = "webhook-messages-per-minute";
    /** Metered API calls of the organisation in a calendar month. */
    public static final String CALLS_PER_MONTH = "calls-per-month";
    /** {@code Webhook&Stream} units of the organisation in a calendar month. */
    public static final String WEBHOOK_CALLS_PER_MONTH = "webhook-calls-per-month";

    /** All names that mean something to this build. */
    public static final Set<String> NAMES = Set.of(
            QPS_PER_APP_AND_API,
            PEOPLE_PER_MINUTE,
            MESSAGES_PER_PERSON_AND_DAY,
            SAME_CONTENT_PER_PERSON_AND_DAY,
            CALLS_PER_IP_AND_20S,
            WEBHOOK_MESSAGES_PER_MINUTE,
            CALLS_PER_MONTH,
            WEBHOOK_CALLS_PER_MONTH);

    /** Those that are held as slots, which cannot say never: at least 1. Whoever shall send nothing is paused. */
    public static final Set<String> AT_LEAST_ONE =
            Set.of(QPS_PER_APP_AND_API, PEOPLE_PER_MINUTE, CALLS_PER_IP_AND_20S, WEBHOOK_MESSAGES_PER_MINUTE);

    /** The largest value: exact in a script's numbers, and a hundred times it fits in 64 bits. */
    public static final long MOST = 1_000_000_000_000L;

    /** The one profile that needs no rows: it has no limits. A profile without rows under any other name is a mistake. */
    public static final String UNLIMITED_PROFILE = "unlimited";

    /** No limits at all: for measuring the machine. */
    public static final Limits NONE = new Limits(Map.of());

    public Limits {
        values = Map.copyOf(values);
    }

    /** The value of a limit, empty when there is none. */
    public OptionalLong value(String name) {
        Long value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
