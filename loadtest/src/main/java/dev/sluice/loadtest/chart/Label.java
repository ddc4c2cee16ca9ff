package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.markup.Text;
import dev.sluice.loadtest.terminal.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Words for a person in both languages: a page holds both and shows one, a terminal says one. */
public record Label(String english, String chinese) {
    /** What reads the same in both languages, such as a name that a user gave. */
    public static Label same(String words) {
        return new Label(words, words);
    }

    /** These words and others behind them. */
    public Label and(Label more) {
        return new Label(english + more.english, chinese + more.chinese);
    }

    /**
     * These words with values in their places, as in {@link java.util.Formatter}; each language may have its places in its own order. A value that is a label says
     * in each language its own.
     */
    public Label formatted(Object... values) {
        return new Label(sentence(Language.EN, values), sentence(Language.ZH, values));
    }

    private String sentence(Language language, Object... values) {
        Object[] said = Arrays.stream(values)
                .map(value -> value instanceof Label label ? label.wordsIn(language) : value)
                .toArray();
        return String.format(Locale.ROOT, wordsIn(language), said);
    }

    /** The words inside HTML. */
    public List<Node> spans() {
        if (english.equals(chinese)) {
            return List.of(new Text(english));
        }
        return List.of(
                Element.of("span").set("lang", "en").text(english),
                Element.of("span").set("lang", "zh").text(chinese));
    }

    /** The words inside SVG. */
    List<Node> texts(String cssClass, String x, double y) {
        Element first = Element.of("text", cssClass).set("x", x).set("y", y).text(english);
        if (english.equals(chinese)) {
            return List.of(first);
        }
        Element second = Element.of("text", cssClass).set("x", x).set("y", y).text(chinese);
        return List.of(first.set("lang", "en"), second.set("lang", "zh"));
    }

    /** An HTML element with the words inside. */
    public Element in(String element) {
        return Element.of(element).add(spans());
    }

    /** The words on a terminal, which has one language. */
    public String wordsIn(Language language) {
        return language.say(english, chinese);
    }
}
