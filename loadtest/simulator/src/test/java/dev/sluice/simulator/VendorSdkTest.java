package dev.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.dingtalkoauth2_1_0.models.GetAccessTokenRequest;
import com.aliyun.dingtalkrobot_1_0.models.BatchRecallOTOHeaders;
import com.aliyun.dingtalkrobot_1_0.models.BatchRecallOTORequest;
import com.aliyun.dingtalkrobot_1_0.models.BatchSendOTOHeaders;
import com.aliyun.dingtalkrobot_1_0.models.BatchSendOTORequest;
import com.aliyun.dingtalkrobot_1_0.models.BatchSendOTOResponseBody;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import com.dingtalk.api.DefaultDingTalkClient;
import com.dingtalk.api.request.OapiGettokenRequest;
import com.dingtalk.api.request.OapiMessageCorpconversationAsyncsendV2Request;
import com.dingtalk.api.request.OapiMessageCorpconversationGetsendprogressRequest;
import com.dingtalk.api.request.OapiMessageCorpconversationGetsendresultRequest;
import com.dingtalk.api.request.OapiMessageCorpconversationRecallRequest;
import com.dingtalk.api.request.OapiRobotSendRequest;
import com.dingtalk.api.request.OapiV2DepartmentListsubRequest;
import com.dingtalk.api.request.OapiV2UserGetbymobileRequest;
import com.dingtalk.api.request.OapiV2UserListRequest;
import com.dingtalk.api.response.OapiGettokenResponse;
import com.dingtalk.api.response.OapiMessageCorpconversationAsyncsendV2Response;
import com.dingtalk.api.response.OapiMessageCorpconversationGetsendprogressResponse;
import com.dingtalk.api.response.OapiMessageCorpconversationGetsendresultResponse;
import com.dingtalk.api.response.OapiRobotSendResponse;
import com.taobao.api.ApiException;
import com.taobao.api.TaobaoRequest;
import com.taobao.api.TaobaoResponse;
import dev.sluice.simulator.directory.Department;
import dev.sluice.simulator.directory.WebhookRobot;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vendor's own clients take the simulator for the platform. */
class VendorSdkTest {
    private TestPlatform platform;

    @BeforeEach
    void start() {
        platform = new TestPlatform();
        platform.simulator().directory().addRobot(WebhookRobot.of(TestPlatform.CORP, "ops", "hook"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private <R extends TaobaoResponse> R oapi(String path, TaobaoRequest<R> request, String token) throws ApiException {
        return new DefaultDingTalkClient(platform.simulator().baseUri() + path).execute(request, token);
    }

    private String oldToken() throws ApiException {
        OapiGettokenRequest request = new OapiGettokenRequest();
        request.setAppkey(TestPlatform.APP_KEY);
        request.setAppsecret(TestPlatform.APP_SECRET);
        request.setHttpMethod("GET");
        OapiGettokenResponse response = oapi("/gettoken", request, null);
        assertThat(response.isSuccess()).isTrue();
        assertThat(response.getExpiresIn()).isEqualTo(7200);
        return response.getAccessToken();
    }

    private static OapiMessageCorpconversationAsyncsendV2Request notice(String users) {
        OapiMessageCorpconversationAsyncsendV2Request request = new OapiMessageCorpconversationAsyncsendV2Request();
        request.setAgentId(TestPlatform.AGENT_ID);
        request.setUseridList(users);
        request.setToAllUser(false);
        OapiMessageCorpconversationAsyncsendV2Request.Msg message =
                new OapiMessageCorpconversationAsyncsendV2Request.Msg();
        message.setMsgtype("text");
        message.setText(new OapiMessageCorpconversationAsyncsendV2Request.Text());
        message.getText().setContent("hi");
        request.setMsg(message);
        return request;
    }

    @Test
    void theOlderSdkSendsANoticeAndReadsWhatBecameOfIt() throws ApiException {
        String token = oldToken();
        OapiMessageCorpconversationAsyncsendV2Response sent =
                oapi("/topapi/message/corpconversation/asyncsend_v2", notice("user000001,nobody"), token);
        assertThat(sent.isSuccess()).isTrue();
        assertThat(sent.getBody()).contains("request_id");

        OapiMessageCorpconversationGetsendprogressRequest progress =
                new OapiMessageCorpconversationGetsendprogressRequest();
        progress.setAgentId(TestPlatform.AGENT_ID);
        progress.setTaskId(sent.getTaskId());
        OapiMessageCorpconversationGetsendprogressResponse running =
                oapi("/topapi/message/corpconversation/getsendprogress", progress, token);
        assertThat(running.getProgress().getStatus()).isEqualTo(2);

        OapiMessageCorpconversationGetsendresultRequest query = new OapiMessageCorpconversationGetsendresultRequest();
        query.setAgentId(TestPlatform.AGENT_ID);
        query.setTaskId(sent.getTaskId());
        OapiMessageCorpconversationGetsendresultResponse result =
                oapi("/topapi/message/corpconversation/getsendresult", query, token);
        assertThat(result.getSendResult().getUnreadUserIdList()).containsExactly("user000001");
        assertThat(result.getSendResult().getInvalidUserIdList()).containsExactly("nobody");

        OapiMessageCorpconversationRecallRequest recall = new OapiMessageCorpconversationRecallRequest();
        recall.setAgentId(TestPlatform.AGENT_ID);
        recall.setMsgTaskId(sent.getTaskId());
        assertThat(oapi("/topapi/message/corpconversation/recall", recall, token)
                        .isSuccess())
                .isTrue();
    }

    @Test
    void theOlderSdkSeesTheWrappedCode() throws ApiException {
        OapiMessageCorpconversationAsyncsendV2Response refused =
                oapi("/topapi/message/corpconversation/asyncsend_v2", notice("user000001"), "nonsense");
        assertThat(refused.isSuccess()).isFalse();
        assertThat(refused.getErrcode()).isEqualTo(88);
        assertThat(refused.getSubCode()).isEqualTo("40014");
    }

    @Test
    void theOlderSdkSendsToAGroup() throws ApiException {
        OapiRobotSendRequest request = new OapiRobotSendRequest();
        request.setMsgtype("text");
        OapiRobotSendRequest.Text text = new OapiRobotSendRequest.Text();
        text.setContent("hi");
        request.setText(text);
        OapiRobotSendResponse response = oapi("/robot/send?access_token=hook", request, null);
        assertThat(response.getErrcode()).isZero();
    }

    @Test
    void theOlderSdkLooksPeopleUp() throws ApiException {
        platform.organisation().addDepartment(new Department(7, "sales", 1));
        platform.organisation().people().setMobile("user000003", "13900000003");
        String token = oldToken();
        OapiV2UserGetbymobileRequest byMobile = new OapiV2UserGetbymobileRequest();
        byMobile.setMobile("13900000003");
        assertThat(oapi("/topapi/v2/user/getbymobile", byMobile, token)
                        .getResult()
                        .getUserid())
                .isEqualTo("user000003");
        byMobile.setMobile("13911111111");
        assertThat(oapi("/topapi/v2/user/getbymobile", byMobile, token).getErrcode())
                .isEqualTo(60121);

        OapiV2UserListRequest list = new OapiV2UserListRequest();
        list.setDeptId(1L);
        list.setCursor(950L);
        list.setSize(100L);
        var page = oapi("/topapi/v2/user/list", list, token).getResult();
        assertThat(page.getHasMore()).isFalse();
        assertThat(page.getList()).hasSize(50);
        assertThat(page.getList().getLast().getUserid()).isEqualTo("user001000");

        OapiV2DepartmentListsubRequest children = new OapiV2DepartmentListsubRequest();
        children.setDeptId(1L);
        assertThat(oapi("/topapi/v2/department/listsub", children, token)
                        .getResult()
                        .getFirst()
                        .getName())
                .isEqualTo("sales");
    }

    private Config config() {
        Config config = new Config();
        config.protocol = "http";
        config.regionId = "central";
        config.endpoint = "127.0.0.1:" + platform.simulator().port();
        return config;
    }

    private String newToken() throws Exception {
        GetAccessTokenRequest request =
                new GetAccessTokenRequest().setAppKey(TestPlatform.APP_KEY).setAppSecret(TestPlatform.APP_SECRET);
        return new com.aliyun.dingtalkoauth2_1_0.Client(config())
                .getAccessToken(request)
                .getBody()
                .getAccessToken();
    }

    private BatchSendOTOResponseBody batchSend(String token) throws Exception {
        BatchSendOTOHeaders headers = new BatchSendOTOHeaders();
        headers.xAcsDingtalkAccessToken = token;
        BatchSendOTORequest request = new BatchSendOTORequest()
                .setRobotCode(TestPlatform.APP_KEY)
                .setUserIds(List.of("user000001", "nobody"))
                .setMsgKey("sampleText")
                .setMsgParam("{\"content\":\"hi\"}");
        return new com.aliyun.dingtalkrobot_1_0.Client(config())
                .batchSendOTOWithOptions(request, headers, new RuntimeOptions())
                .getBody();
    }

    @Test
    void theNewerSdkSendsABatchAndRecallsIt() throws Exception {
        String token = newToken();
        BatchSendOTOResponseBody body = batchSend(token);
        assertThat(body.getInvalidStaffIdList()).containsExactly("nobody");
        assertThat(body.getFlowControlledStaffIdList()).isEmpty();

        BatchRecallOTOHeaders headers = new BatchRecallOTOHeaders();
        headers.xAcsDingtalkAccessToken = token;
        BatchRecallOTORequest recall = new BatchRecallOTORequest()
                .setRobotCode(TestPlatform.APP_KEY)
                .setProcessQueryKeys(List.of(body.getProcessQueryKey()));
        assertThat(new com.aliyun.dingtalkrobot_1_0.Client(config())
                        .batchRecallOTOWithOptions(recall, headers, new RuntimeOptions())
                        .getBody()
                        .getSuccessResult())
                .containsExactly(body.getProcessQueryKey());
    }

    @Test
    void theNewerSdkThrowsThePlatformsCode() {
        assertThatThrownBy(() -> batchSend("nonsense"))
                .isInstanceOfSatisfying(
                        TeaException.class, e -> assertThat(e.getCode()).isEqualTo("InvalidAuthentication"));
    }
}
