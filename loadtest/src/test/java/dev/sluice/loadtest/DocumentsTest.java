package dev.sluice.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that people read first. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "engine/README.md",
                "docs/operating.md",
                "loadtest/scenarios/README.md",
                "loadtest/simulator/README.md",
                "loadtest/RESULTS.md"
            })
    void areWholeAndEveryLinkInThemLeadsSomewhere(String name) throws IOException {
        Path document = ROOT.resolve(name);
        String text = Files.readString(document);
        assertThat(text.lines()).noneMatch(line -> line.matches("(<<<<<<<|>>>>>>>).*|======="));
        assertThat(LINK.matcher(text).results().map(MatchResult::group).filter(link -> !link.startsWith("](http")))
                .isNotEmpty()
                .allSatisfy(link -> assertLeadsSomewhere(document, link.substring(2, link.length() - 1)));
    }

    private static void assertLeadsSomewhere(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        assertThat(target).exists();
        if (parts.length == 2) {
            assertThat(anchors(target)).contains(parts[1]);
        }
    }

    /** As the forge makes them of headings. */
    private static Stream<String> anchors(Path document) throws IOException {
        return Files.readString(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ *", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}\\- _]", "").replace(' ', '-'));
    }
}
