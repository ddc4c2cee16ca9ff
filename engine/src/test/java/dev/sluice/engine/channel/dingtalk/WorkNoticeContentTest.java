package dev.sluice.engine.channel.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.ContentFault;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkNoticeContentTest {
    private final WorkNoticeChannel channel = new WorkNoticeChannel(AdapterOptions.strict());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'msgtype':'sms'} | /msgtype",
                "{} | /msgtype",
                "{'msgtype':'text'} | /text",
                "{'msgtype':'text','text':{'content':' '}} | /text/content",
                "{'msgtype':'text','text':{'content':7}} | /text/content",
                "{'msgtype':'text','text':{'content':'a','body':'b'}} | /text/body",
                "{'msgtype':'text','text':{'content':'a'},'to':'x'} | /to",
                "{'msgtype':'text','text':{'content':'\\uD83D'}} | /text/content",
                "{'msgtype':'markdown','markdown':{'text':'a'}} | /markdown/title",
                "{'msgtype':'voice','voice':{'media_id':'@a','duration':'60'}} | /voice/duration",
                "{'msgtype':'voice','voice':{'media_id':'@a','duration':10}} | /voice/duration",
                "{'msgtype':'link','link':{'messageUrl':'javascript:alert(1)','picUrl':'@p','title':'t','text':'x'}} | /link/messageUrl",
                "{'msgtype':'oa','oa':{'message_url':'http://a','head':{'bgcolor':'red','text':'h'},'body':{}}} | /oa/head/bgcolor",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','single_title':'123456789012345678901','single_url':'http://a'}} | /action_card/single_title",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'2','btn_json_list':[{'title':'a','action_url':'http://a'}]}} | /action_card/btn_orientation",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'1','btn_json_list':[]}} | /action_card/btn_json_list",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'1','btn_json_list':[1.5]}} | /action_card/btn_json_list/0",
            })
    void aFaultPointsAtItsFieldAndIsASentence(String content, String pointer) {
        List<ContentFault> faults = channel.check(json(content));

        assertThat(faults).extracting(ContentFault::pointer).containsExactly(pointer);
        assertThat(faults.getFirst().detail()).matches("[A-Z][^\\[\\]]*\\.");
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThat(channel.check(json("{'msgtype':'link','link':{'title':''}}")))
                .extracting(ContentFault::pointer)
                .containsExactly("/link/messageUrl", "/link/picUrl", "/link/title", "/link/text");
    }

    /** A body that is full of rubbish would keep the event loop of all tenants busy with words that nobody reads. */
    @Test
    void noMoreFaultsAreNamedThanAnybodyReads() {
        String items = "{},".repeat(50_000) + "{}";
        String fields =
                IntStream.range(0, 50_000).mapToObj(i -> ",'" + i + "':1").collect(Collectors.joining());
        assertThat(channel.check(json(
                        "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'1','btn_json_list':["
                                + items + "]}}")))
                .hasSizeBetween(1_000, 1_010);
        assertThat(channel.check(json("{'msgtype':'text','text':{'content':'a'}" + fields + "}")))
                .hasSizeBetween(1_000, 1_010);
    }

    @Test
    void theMessageIsMeasuredInBytesAndNotInCharacters() {
        int envelope = channel.canonical(json("{'msgtype':'text','text':{'content':''}}"))
                .length();
        String fits = "消".repeat((WorkNoticeContent.MOST_BYTES - envelope) / 3);

        assertThat(channel.check(json("{'msgtype':'text','text':{'content':'" + fits + "'}}")))
                .isEmpty();
        assertThat(channel.check(json("{'msgtype':'text','text':{'content':'" + fits + "消'}}")))
                .extracting(ContentFault::pointer)
                .containsExactly("");
    }

    @Test
    void equalContentsHaveOneTextWhateverTheOrderOfTheirFields() {
        String one = channel.canonical(
                json("{'msgtype':'markdown','markdown':{'title':'t','text':'a\\n/\\u4e2d\"b'}}".replace("\"", "\\\"")));
        String other =
                channel.canonical(json("{'markdown':{'text':'a\\u000a/中\\\"b','title':'t'},'msgtype':'markdown'}"));

        assertThat(one)
                .isEqualTo(other)
                .isEqualTo("{\"markdown\":{\"text\":\"a\\n/中\\\"b\",\"title\":\"t\"},\"msgtype\":\"markdown\"}");
    }

    @Test
    void aStatusBarTravelsToFivePeopleAtMostAndOnlyARealOneCounts() {
        String oa =
                "{'msgtype':'oa','oa':{'message_url':'http://a','head':{'bgcolor':'FFBBBBBB','text':'h'},%s'body':{'title':'\\\"status_bar\\\":{'}}}";

        assertThat(channel.mostPeople(channel.canonical(json(oa.formatted("'status_bar':{'status_value':'new'},")))))
                .isEqualTo(5);
        assertThat(channel.mostPeople(channel.canonical(json(oa.formatted("")))))
                .isEqualTo(100);
    }

    @Test
    void aUseridThatWouldBeTwoPeopleIsRefused() {
        assertThat(channel.recipientFault("zhangsan,lisi")).isPresent();
        assertThat(channel.recipientFault("")).isPresent();
        assertThat(channel.recipientFault("a\"b")).isPresent();
        assertThat(channel.recipientFault("x".repeat(65))).contains("Must be a userid of 1 to 64 characters.");
        assertThat(channel.recipientFault("manager4220")).isEmpty();
        assertThat(channel.recipientFault("张三")).isEmpty();
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
