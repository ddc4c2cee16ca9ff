package dev.sluice.loadtest.terminal;

import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --lang}: in which language a command speaks to the person at the terminal. */
public final class SpeakingOptions {
    @Option(
            names = "--lang",
            description = {"${COMPLETION-CANDIDATES} (default: from the locale).", "语言（默认取系统区域设置）。"})
    private Language language;

    /** The language asked for, else that of the system. */
    public Language language() {
        return language == null ? Language.of(Locale.getDefault()) : language;
    }
}
