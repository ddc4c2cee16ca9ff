package dev.sluice.loadtest.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ElementTest {
    private static final String HOSTILE = "</title><script>alert('x\" & y')</script>";

    @Test
    void whateverIsPutInComesOutAsItself() {
        Parsed parsed = Parsed.of(Element.of("p").set("title", HOSTILE).text(HOSTILE));
        assertThat(parsed.words("/p")).containsExactly(HOSTILE);
        assertThat(parsed.all("/p").getFirst().getAttribute("title")).isEqualTo(HOSTILE);
        assertThat(parsed.all("//script")).isEmpty();
    }

    @Test
    void whatNoDocumentCanCarryIsReplaced() {
        String broken = "a\u0000b\u001Bc\uD800d\uFFFEe 😀 张伟";
        assertThat(Parsed.of(Element.of("p").text(broken)).words("/p"))
                .containsExactly("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe 😀 张伟");
    }

    @Test
    void elementsThatHtmlClosesByItselfHaveNoEndTagAndOthersDo() {
        assertThat(Element.of("p").add(Element.of("br"), Element.of("span"))).hasToString("<p><br/><span></span></p>");
    }

    @Test
    void numbersAreShortAndHaveNoExponent() {
        assertThat(Numbers.text(1e-7)).isEqualTo("0");
        assertThat(Numbers.text(-0.001)).isEqualTo("0");
        assertThat(Numbers.text(12_345_678.9)).isEqualTo("12345678.9");
        assertThat(Numbers.text(0.126)).isEqualTo("0.13");
    }

    @Test
    void aScriptThatCouldEndItsElementIsRefused() {
        assertThatThrownBy(() -> new Source("'</script>'")).isInstanceOf(IllegalArgumentException.class);
    }
}
