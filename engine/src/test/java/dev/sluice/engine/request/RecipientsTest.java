package dev.sluice.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientsTest {
    @ParameterizedTest
    @ValueSource(strings = {"zhangsan", "0", "user_1.a-b@c:d", "张三", "manager/7", "José", "😀"})
    void anIdIsWhateverAPlatformGives(String recipient) {
        assertThat(Recipients.faultOf(recipient)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zhang san",
                "zhangsan,lisi",
                "zhangsan|lisi",
                "zhang\nsan",
                "zhang\u0000san",
                "zhang\u007fsan",
                "zhang\u0085san",
                "zhang\u00a0san",
                "张\u3000三",
                "张\ufffd三",
                "张\ud83d三",
            })
    void whatIsNoOneIdIsRefused(String recipient) {
        assertThat(Recipients.faultOf(recipient)).isNotNull();
    }

    /** They come along when an id is copied from a page or a chat, and make it one that no platform knows. */
    @ParameterizedTest
    @ValueSource(strings = {"zhangsan\u200b", "\ufeffzhangsan", "zhang\u2060san", "\u202azhangsan\u202c"})
    void anIdWithSomethingThatNobodySeesIsRefused(String recipient) {
        assertThat(Recipients.faultOf(recipient)).contains("invisible");
    }

    @Test
    void anIdHasACharacterAndNotTooMany() {
        assertThat(Recipients.faultOf("")).isNotNull();
        assertThat(Recipients.faultOf("x".repeat(128))).isNull();
        assertThat(Recipients.faultOf("x".repeat(129))).isNotNull();
    }
}
