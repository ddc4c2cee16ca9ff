package dev.sluice.engine.channel.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.testkit.TestChannels;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookRobotTest {
    private final WebhookRobotChannel channel = new WebhookRobotChannel(AdapterOptions.strict());

    @Test
    void signsLikeTheReferenceVectors() {
        assertThat(WebhookSignature.of("this is a secret", 1577262236757L))
                .isEqualTo("DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=");
        assertThat(WebhookSignature.of("SECtest123", 1700000000000L))
                .isEqualTo("w3RMHXzixTMdzr8OHJUmVLS4IoPJVdu+Ut1LE48MePE=");
    }

    @Test
    void aRepeatHasTheSameBytesHoweverMuchLaterItIsSigned() {
        String content = channel.canonical(new JsonObject("{\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"}}"));
        CallPlan plan =
                new CallPlan(1, "key-1", TestChannels.channel(ChannelKind.DINGTALK_WEBHOOK), content, List.of());

        PlatformRequest first = channel.request(plan, "", 1_700_000_000_000L);
        PlatformRequest later = channel.request(plan, "", 1_700_000_099_000L);

        assertThat(first.body()).isEqualTo(later.body());
        assertThat(first.body().toJsonObject().getString("msgUuid")).isEqualTo("key-1");
        assertThat(first.query().get("sign")).isNotEqualTo(later.query().get("sign"));
        assertThat(first.toString()).doesNotContain("hook").doesNotContain("sign");
    }

    @Test
    void whoeverIsMentionedMustStandInTheText() {
        String text =
                "{\"msgtype\":\"text\",\"text\":{\"content\":\"go @138 now\"},\"at\":{\"atMobiles\":[\"138\",\"139\"],\"isAtAll\":false}}";

        assertThat(channel.check(new JsonObject(text)))
                .extracting(ContentFault::pointer)
                .containsExactly("/at/atMobiles/1");
    }

    @Test
    void aMessageHasAsManyLinksAndButtonsAsFitIntoIt() {
        JsonArray links = new JsonArray();
        JsonArray buttons = new JsonArray();
        for (int i = 0; i < 150; i++) {
            links.add(new JsonObject()
                    .put("title", "t")
                    .put("messageURL", "http://a")
                    .put("picURL", "p"));
            buttons.add(new JsonObject().put("title", "t").put("actionURL", "http://a"));
        }
        JsonObject feed =
                new JsonObject().put("msgtype", "feedCard").put("feedCard", new JsonObject().put("links", links));
        JsonObject card = new JsonObject()
                .put("msgtype", "actionCard")
                .put(
                        "actionCard",
                        new JsonObject().put("title", "t").put("text", "x").put("btns", buttons));

        assertThat(channel.check(feed)).isEmpty();
        assertThat(channel.check(card)).isEmpty();
        card.getJsonObject("actionCard").put("btns", new JsonArray());
        assertThat(channel.check(card))
                .containsExactly(new ContentFault("/actionCard/btns", "Must have at least 1 items, not 0."));
    }

    @Test
    void aMessageOfTwentyThousandBytesIsTooLong() {
        JsonObject content = new JsonObject()
                .put("msgtype", "text")
                .put("text", new JsonObject().put("content", "x".repeat(20_000)));

        assertThat(channel.check(content)).extracting(ContentFault::pointer).containsExactly("");
    }
}
