package dev.sluice.loadtest.load.tenant;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.evidence.MessageContent;
import dev.sluice.loadtest.scenario.TenantGroup;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A tenant of a run.
 *
 * @param group what it was made from
 * @param name of its own
 * @param id the tenant's
 * @param organisationId its organisation's
 * @param corpId the organisation's at the platform
 * @param channels one of each app
 * @param key to send with
 * @param peoplePrefix what the ids of its members begin with, a number of six digits or more behind it
 */
public record LoadTenant(
        TenantGroup group,
        String name,
        long id,
        long organisationId,
        String corpId,
        List<Channel> channels,
        String key,
        String peoplePrefix) {
    private static final String UNKNOWN = "-left-";
    private static final Pattern NUMBER = Pattern.compile("(" + UNKNOWN + ")?\\d+");

    public LoadTenant {
        channels = List.copyOf(channels);
    }

    /**
     * A way to send.
     *
     * @param id of its lane
     * @param name as requests say it
     * @param appKey of its app at the platform; empty for a webhook
     * @param group how the platform's ledger calls the group of a webhook; empty for the others
     */
    public record Channel(long id, String name, String appKey, String group) {}

    /** How the platform's ledger calls the group behind a webhook channel, by the channel's id. */
    public Map<Long, String> groups() {
        return channels.stream()
                .filter(channel -> !channel.group().isEmpty())
                .collect(Collectors.toMap(Channel::id, Channel::group));
    }

    /**
     * A member's id at the platform.
     *
     * @param number from 0, taken round
     */
    public String member(long number) {
        return "%s%06d".formatted(peoplePrefix, number % group.people() + 1);
    }

    /** An id that the platform does not know. */
    public String stranger(long number) {
        return peoplePrefix + UNKNOWN + number;
    }

    /** Asks the send API whether it would take a message of its last channel; nothing is sent. */
    public JsonObject question() {
        JsonObject question = MessageContent.message(channels.getLast().name(), "?", "transactional")
                .put("dryRun", true);
        return group.channel() == ChannelKind.DINGTALK_WEBHOOK ? question : question.put("to", member(0));
    }

    /** Whether an id is one of those that it sends to: a person's, or that of the group of a webhook. */
    public boolean owns(String userid) {
        return isPerson(userid) || groups().containsValue(userid);
    }

    /** The prefix alone would not tell: another tenant's may begin with it, as {@code hr-us-u} begins with {@code hr-u}. */
    private boolean isPerson(String userid) {
        return userid.startsWith(peoplePrefix)
                && NUMBER.matcher(userid.substring(peoplePrefix.length())).matches();
    }
}
