package dev.sluice.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.TestPlatform;
import dev.sluice.simulator.TestPlatform.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRequestTest {
    private static final String SEND = "/topapi/message/corpconversation/asyncsend_v2";
    private static final String BATCH_SEND = "/v1.0/robot/oToMessages/batchSend";

    private static TestPlatform platform;
    private static String token;

    @BeforeAll
    static void start() {
        platform = new TestPlatform();
        platform.set("qps.enforced", false);
        token = platform.token();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                                                  | 40035
            []                                                                                 | 40035
            null                                                                               | 40035
            "text"                                                                             | 40035
            {}                                                                                 | 41011
            {"agent_id":"x"}                                                                   | 40056
            {"agent_id":1,"userid_list":"user000001","msg":{"msgtype":"text","text":{}}}       | 70003
            {"agent_id":123,"userid_list":"user000001"}                                        | 40035
            {"agent_id":123,"userid_list":"user000001","msg":7}                                | 40035
            {"agent_id":123,"userid_list":"user000001","msg":"no json"}                        | 40035
            {"agent_id":123,"userid_list":"user000001","msg":{"msgtype":"text"}}               | 40035
            {"agent_id":123,"userid_list":"user000001","msg":{"msgtype":"poem","poem":{}}}     | 40035
            {"agent_id":123,"userid_list":["user000001"],"msg":{"msgtype":"text","text":{}}}   | 40035
            {"agent_id":123,"msg":{"msgtype":"text","text":{}}}                                | 40035
            {"agent_id":123,"dept_id_list":"a","msg":{"msgtype":"text","text":{}}}             | 40035
            """)
    void aBadNoticeGetsABusinessCodeWithHttp200(String body, int code) {
        Answer answer = platform.post(SEND + "?access_token=" + token, "application/json", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.errcode()).isEqualTo(code);
        assertThat(answer.json().getString("request_id")).isNotBlank();
    }

    @Test
    void aFormIsAsGoodAsJsonOnTheOldHost() {
        String form = "agent_id=123&userid_list=user000001%2Cuser000002&to_all_user=false&msg="
                + TestPlatform.encoded(TestPlatform.text("from a form").encode());
        Answer answer = platform.post(SEND + "?access_token=" + token, "application/x-www-form-urlencoded", form);

        assertThat(answer.errcode()).isZero();
        assertThat(platform.post(SEND, "application/x-www-form-urlencoded", "access_token=" + token + "&" + form)
                        .errcode())
                .isZero();
    }

    @Test
    void aFormIsNoBodyOnTheNewHost() {
        Answer answer = platform.post(
                BATCH_SEND, "application/x-www-form-urlencoded", "a=b", "x-acs-dingtalk-access-token", token);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("Missingbody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "7"})
    void aBrokenBodyIsRefusedWithHttp400OnTheNewHost(String body) {
        Answer answer = platform.post(BATCH_SEND, "application/json", body, "x-acs-dingtalk-access-token", token);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isNotBlank();
    }

    @Test
    void getInsteadOfPostIsRefused() {
        assertThat(platform.get(SEND + "?access_token=" + token).errcode()).isEqualTo(43002);
        assertThat(platform.get("/robot/send?access_token=x").errcode()).isEqualTo(43002);
        assertThat(platform.get(BATCH_SEND).status()).isEqualTo(404);
    }

    @Test
    void unknownPathsAreAnsweredInTheWaysOfTheirHosts() {
        Answer topapi = platform.postJson("/topapi/no/such", new JsonObject());
        assertThat(topapi.status()).isEqualTo(200);
        assertThat(topapi.errcode()).isEqualTo(22);
        assertThat(topapi.json().getString("sub_msg")).isEqualTo("不合法ApiName，ApiName = dingtalk.oapi.no.such");
        assertThat(platform.get("/nothing").errcode()).isEqualTo(404);
        assertThat(platform.get("/v1.0/nothing").status()).isEqualTo(404);
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        assertThat(platform.post(SEND, "application/json", "x".repeat(2 << 20)).status())
                .isIn(413, -1);
        assertThat(platform.get("/gettoken").errcode()).isEqualTo(40035);
    }
}
