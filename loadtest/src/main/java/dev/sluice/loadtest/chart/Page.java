package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.markup.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * One self-contained document: nothing is loaded, and nothing could be, since its content security policy allows its own stylesheet and script
 * only. Without scripts it still shows everything, in English.
 *
 * @param title of the window
 * @param body from top to bottom
 */
public record Page(String title, List<Node> body) {
    private static final String STYLE = "/chart/page.css";
    private static final String SCRIPT = "/chart/page.js";

    public Page {
        body = List.copyOf(body);
    }

    /** The whole text of the file. */
    public String html() {
        Source style = new Source(resource(STYLE));
        Source script = new Source(resource(SCRIPT));
        Element head = Element.of("head")
                .add(Element.of("meta").set("charset", "utf-8"))
                .add(meta("viewport", "width=device-width, initial-scale=1"))
                .add(meta("color-scheme", "light dark"))
                .add(Element.of("meta")
                        .set("http-equiv", "Content-Security-Policy")
                        .set("content", policy(style, script)))
                .add(Element.of("title").text(title))
                .add(Element.of("style").add(style));
        Element main = Element.of("main").add(languages()).add(body);
        Element page = Element.of("html")
                .set("lang", "en")
                .add(head, Element.of("body").add(main, Element.of("script").add(script)));
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").set("name", name).set("content", content);
    }

    /** Their own languages stand beside "en" and "zh", by which the stylesheet hides what is not in the language of the page. */
    private static Element languages() {
        return Element.of("nav", "languages")
                .set("aria-label", "Language 语言")
                .add(button("en", "en-GB", "English"), button("zh", "zh-CN", "中文"));
    }

    private static Element button(String language, String ownLanguage, String words) {
        return Element.of("button")
                .set("type", "button")
                .set("data-language", language)
                .set("aria-pressed", language.equals("en") ? "true" : "false")
                .set("lang", ownLanguage)
                .text(words);
    }

    private static String policy(Source style, Source script) {
        return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '%s'; script-src '%s'"
                .formatted(hash(style), hash(script));
    }

    private static String hash(Source source) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(source.code().getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
