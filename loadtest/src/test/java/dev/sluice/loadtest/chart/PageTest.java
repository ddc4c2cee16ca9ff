package dev.sluice.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HTML =
            new Page("a & <b>", List.of(new Label("Verdict", "结论").in("h1"), Element.of("p"))).html();

    @Test
    void theDocumentIsWellFormedAndHasItsTitle() {
        assertThat(Parsed.of(HTML).words("/html/head/title")).containsExactly("a & <b>");
    }

    @Test
    void nothingIsLoadedFromAnywhere() {
        assertThat(Parsed.of(HTML).all("//*[@src or @href]")).isEmpty();
        assertThat(HTML).doesNotContain("url(", "@import").contains("default-src &#39;none&#39;");
    }

    @Test
    void bothLanguagesAreInItAndOneIsSwitchedOn() {
        Parsed page = Parsed.of(HTML);
        assertThat(page.words("//h1/span")).containsExactly("Verdict", "结论");
        assertThat(page.words("//button[@aria-pressed='true']")).containsExactly("English");
    }
}
