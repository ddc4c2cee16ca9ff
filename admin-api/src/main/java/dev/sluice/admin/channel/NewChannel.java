package dev.sluice.admin.channel;

import dev.sluice.admin.app.SecretFields;
import dev.sluice.admin.http.Fields;
import dev.sluice.engine.model.ChannelKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A channel that is to be made, with the credentials of its app. Only good after {@link Fields#check}. Its text form hides the secrets.
 *
 * @param organisationId whose budget it spends
 * @param kind which protocol it speaks
 * @param name unique within the tenant
 * @param appKey the platform's id of the app; of a webhook robot a name of the tenant's choice, its channel's name unless given
 * @param agentId DingTalk's AgentId, null for none
 * @param robotCode DingTalk's robotCode, null for none
 * @param secrets by name; empty when the app exists already and keeps its own
 * @param settings the rest
 */
record NewChannel(
        Long organisationId,
        ChannelKind kind,
        String name,
        String appKey,
        Long agentId,
        String robotCode,
        Map<String, String> secrets,
        ChannelSettings settings) {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
    private static final int MOST_CHARS = 200;
    private static final List<String> KINDS =
            Arrays.stream(ChannelKind.values()).map(ChannelKind::wireName).toList();

    /** Reads all of it: what each kind needs, and nothing that it has no use for. */
    static NewChannel read(Fields body) {
        Long organisationId = body.number("organisationId", 1, Long.MAX_VALUE);
        String kindName = body.word("kind", KINDS);
        String name = body.text("name", 63);
        if (!name.isEmpty() && !name.matches(NAME)) {
            body.fault("name", "Must be lower-case letters, digits and hyphens, and begin with no hyphen.");
        }
        ChannelSettings settings = ChannelSettings.read(body);
        if (kindName == null) {
            body.passOver("appKey", "agentId", "robotCode", "secrets");
            return new NewChannel(organisationId, null, name, "", null, null, Map.of(), settings);
        }
        ChannelKind kind = ChannelKind.ofWireName(kindName).orElseThrow();
        String appKey = kind == ChannelKind.DINGTALK_WEBHOOK
                ? body.textIfAny("appKey", MOST_CHARS)
                : body.text("appKey", MOST_CHARS);
        Long agentId = kind == ChannelKind.DINGTALK_WORK ? body.number("agentId", 1, Long.MAX_VALUE) : null;
        String robotCode = kind == ChannelKind.DINGTALK_ROBOT ? body.text("robotCode", MOST_CHARS) : null;
        Map<String, String> secrets = body.has("secrets") ? SecretFields.read(body.object("secrets"), kind) : Map.of();
        return new NewChannel(
                organisationId, kind, name, appKey == null ? name : appKey, agentId, robotCode, secrets, settings);
    }

    @Override
    public String toString() {
        return "new channel " + name;
    }
}
