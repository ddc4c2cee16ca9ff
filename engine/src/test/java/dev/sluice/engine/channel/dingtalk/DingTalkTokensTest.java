package dev.sluice.engine.channel.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.Redaction;
import dev.sluice.engine.channel.TokenProtocol.TokenReply;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DingTalkTokensTest {
    @Test
    void aLifeIsReadWithAndWithoutQuotes() {
        for (String life : new String[] {"7200", "\"7200\""}) {
            assertThat(read(
                            ApiFamily.DINGTALK_OAPI,
                            "{\"errcode\":\"0\",\"access_token\":\"t\",\"expires_in\":" + life + "}"))
                    .isEqualTo(new TokenReply.Granted("t", 7_200));
            assertThat(read(ApiFamily.DINGTALK_API, "{\"accessToken\":\"t\",\"expireIn\":" + life + "}"))
                    .isEqualTo(new TokenReply.Granted("t", 7_200));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "null", "\"soon\"", "\"\"", "\"99999999999999999999\"", "{}"})
    void aTokenWithoutALifeIsNone(String life) {
        assertThat(read(ApiFamily.DINGTALK_OAPI, "{\"errcode\":0,\"access_token\":\"t\",\"expires_in\":" + life + "}"))
                .isInstanceOf(TokenReply.Failed.class);
    }

    /** Times are reckoned with it: a token of a life beyond all numbers would be over before it is used. */
    @ParameterizedTest
    @ValueSource(strings = {"86401", "\"999999999\"", "9223372036854775807", "1e18", "1e400"})
    void noTokenIsReliedOnForLongerThanADay(String life) {
        assertThat(read(ApiFamily.DINGTALK_API, "{\"accessToken\":\"t\",\"expireIn\":" + life + "}"))
                .isEqualTo(new TokenReply.Granted("t", 86_400));
    }

    private static TokenReply read(ApiFamily family, String body) {
        return new DingTalkTokens(family, AdapterOptions.strict())
                .read(new PlatformReply(200, Buffer.buffer(body), Redaction.OF_NOTHING));
    }
}
