package dev.sluice.simulator.directory;

import dev.sluice.simulator.limit.IpRange;
import java.util.List;

/**
 * A custom robot in a group.
 *
 * @param name how the ledger calls it: the recipient {@code robot:<name>}
 * @param secret signing secret, empty for none
 * @param keywords at most ten, of which one must occur; empty for none
 */
public record WebhookRobot(
        String corpId,
        String name,
        String accessToken,
        String secret,
        List<String> keywords,
        List<IpRange> ipAllowlist) {
    public WebhookRobot {
        keywords = List.copyOf(keywords);
        ipAllowlist = List.copyOf(ipAllowlist);
        if (keywords.size() > 10) {
            throw new IllegalArgumentException("a robot has at most 10 keywords");
        }
    }

    /** A robot without security settings. */
    public static WebhookRobot of(String corpId, String name, String accessToken) {
        return new WebhookRobot(corpId, name, accessToken, "", List.of(), List.of());
    }

    /** The robot as a recipient in the ledger. */
    public String recipient() {
        return "robot:" + name;
    }
}
