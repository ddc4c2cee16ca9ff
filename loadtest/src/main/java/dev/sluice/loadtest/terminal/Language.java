package dev.sluice.loadtest.terminal;

import java.util.Locale;

/** What we speak to the person at the terminal. */
public enum Language {
    EN,
    ZH;

    /** The language of a locale: Chinese, else English. */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals("zh") ? ZH : EN;
    }

    /** The text in this language. */
    public String say(String english, String chinese) {
        return this == ZH ? chinese : english;
    }
}
