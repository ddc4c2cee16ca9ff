package dev.sluice.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.TextRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String SECRET = "S3cret/with+signs =";
    private static final Redaction REDACTION = Redaction.of(List.of(SECRET, "canary-token", "short"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "you sent " + SECRET,
                "you sent s3CRET/WITH+SIGNS =",
                "you sent S3cret%2Fwith%2Bsigns+%3D&b=1",
                "you sent S3cret%2fwith%2bsigns%20%3d.",
                "GET /robot/send?access_token=canary-token&a=1 failed",
            })
    void aSecretIsHiddenHoweverItIsSpelled(String text) {
        assertThat(REDACTION.of(text)).contains(Redaction.HIDDEN).doesNotContainIgnoringCase("s3cret", "canary");
    }

    @Test
    void parametersThatCarrySecretsAreHiddenThoughNobodyNamedTheSecret() {
        assertThat(Redaction.OF_NOTHING.of("at /gettoken?appkey=k&appsecret=abc&x=1, /send?sign=a%2Bb&access_token=t"))
                .isEqualTo("at /gettoken?appkey=k&appsecret=[secret]&x=1, /send?sign=[secret]&access_token=[secret]");
    }

    @Test
    void ordinaryTextsStayAsTheyAre() {
        String text = "请求被限流：appkey(short)访问该接口 from 2026-01-01 10:00:00, sign not match 😀";
        assertThat(REDACTION.of(text)).isEqualTo(text);
    }

    @Test
    void whatNoDatabaseKeepsAndWhatWritesLogLinesOfItsOwnIsReplaced() {
        String shown = REDACTION.of("a\u0000b\nWARN forged\u001b[31m\uD800 c\uDC00");

        assertThat(TextRules.printable(shown)).isTrue();
        assertThat(shown).isEqualTo("a b WARN forged [31m\uFFFD c\uFFFD");
    }

    @Test
    void textsAreHiddenAtAnyDepthOfAnAnswerAndAllElseStays() {
        PlatformReply reply = new PlatformReply(
                200,
                Buffer.buffer(
                        "{\"errcode\":0,\"ok\":true,\"none\":null,\"in\":{\"list\":[1,\"at canary-\\u0074oken\",[\"\\u0000\"]]}}"),
                REDACTION);

        assertThat(reply.object())
                .contains(new JsonObject(
                        "{\"errcode\":0,\"ok\":true,\"none\":null,\"in\":{\"list\":[1,\"at [secret]\",[\" \"]]}}"));
    }
}
