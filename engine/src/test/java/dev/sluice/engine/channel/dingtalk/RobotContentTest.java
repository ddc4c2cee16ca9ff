package dev.sluice.engine.channel.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.ContentFault;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RobotContentTest {
    private final RobotOneToOneChannel channel = new RobotOneToOneChannel(AdapterOptions.strict());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'msgtype':'text','text':{'content':'a'}} | sampleText | {'content':'a'}",
                "{'msgtype':'markdown','markdown':{'title':'t','text':'a'}} | sampleMarkdown | {'text':'a','title':'t'}",
                "{'msgtype':'image','image':{'media_id':'@m'}} | sampleImageMsg | {'photoURL':'@m'}",
                "{'msgtype':'voice','voice':{'media_id':'@m','duration':'10'}} | sampleAudio | {'duration':'10000','mediaId':'@m'}",
                "{'msgtype':'file','file':{'media_id':'@m','fileName':'a.pdf','fileType':'pdf'}} | sampleFile | {'fileName':'a.pdf','fileType':'pdf','mediaId':'@m'}",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','single_title':'s','single_url':'http://a'}} | sampleActionCard | {'singleTitle':'s','singleURL':'http://a','text':'m','title':'t'}",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'0','btn_json_list':[{'title':'a','action_url':'http://a'},{'title':'b','action_url':'http://b'},{'title':'c','action_url':'http://c'}]}} | sampleActionCard3 | {'actionTitle1':'a','actionTitle2':'b','actionTitle3':'c','actionURL1':'http://a','actionURL2':'http://b','actionURL3':'http://c','text':'m','title':'t'}",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'1','btn_json_list':[{'title':'a','action_url':'http://a'},{'title':'b','action_url':'http://b'}]}} | sampleActionCard6 | {'buttonTitle1':'a','buttonTitle2':'b','buttonUrl1':'http://a','buttonUrl2':'http://b','text':'m','title':'t'}",
            })
    void aSimpleTypeAndItsCatalogueFormAreOneContent(String simple, String key, String param) {
        JsonObject catalogue = new JsonObject().put("msgKey", key).put("msgParam", json(param));

        assertThat(channel.check(json(simple))).isEmpty();
        assertThat(channel.check(catalogue)).isEmpty();
        String canonical = channel.canonical(json(simple));
        assertThat(canonical).isEqualTo(channel.canonical(catalogue));
        assertThat(RobotContent.key(canonical)).isEqualTo(key);
        assertThat(RobotContent.param(canonical)).isEqualTo(param.replace('\'', '"'));
    }

    @Test
    void horizontalButtonsAreTwoAndVerticalOnesAtMostFive() {
        String card =
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'1','btn_json_list':[{'title':'a','action_url':'http://a'},{'title':'b','action_url':'http://b'},{'title':'c','action_url':'http://c'}]}}";

        assertThat(channel.check(json(card)))
                .extracting(ContentFault::pointer)
                .containsExactly("/action_card/btn_json_list");
        assertThat(channel.check(json(card.replace("'btn_orientation':'1'", "'btn_orientation':'0'"))))
                .isEmpty();
    }

    @Test
    void anUnknownKeyOrParameterIsNamed() {
        assertThat(channel.check(json("{'msgKey':'sampleFeed','msgParam':{}}")))
                .extracting(ContentFault::pointer)
                .containsExactly("/msgKey");
        assertThat(channel.check(json("{'msgKey':'sampleText','msgParam':{'contents':'a'}}")))
                .extracting(ContentFault::pointer)
                .containsExactlyInAnyOrder("/msgParam/content", "/msgParam/contents");
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
