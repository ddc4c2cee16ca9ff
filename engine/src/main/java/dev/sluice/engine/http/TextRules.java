package dev.sluice.engine.http;

import dev.sluice.engine.model.Utf8;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Which texts can be kept and printed, and which times. */
public final class TextRules {
    /** Which years dates may be in, for people. */
    public static final String YEARS = "2000 to 2999";

    private static final Instant LEAST_TIME = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant MOST_TIME = Instant.parse("2999-12-31T23:59:59Z");

    private TextRules() {}

    /**
     * The time that a text of ISO 8601 with an offset stands for; fails when it is none, or one so far away that a database or a sum of times could not hold it.
     */
    public static Instant instant(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        if (instant.isBefore(LEAST_TIME) || instant.isAfter(MOST_TIME)) {
            throw new DateTimeException("not from " + YEARS);
        }
        return instant;
    }

    /** The day that a text such as 2026-12-01 stands for; fails when it is none, or too far away as {@link #instant} has it. */
    public static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() < 2000 || day.getYear() > 2999) {
            throw new DateTimeException("not from " + YEARS);
        }
        return day;
    }

    /** Whether Postgres keeps it and UTF-8 can write it: no NUL, no lone surrogate. */
    public static boolean storable(String text) {
        return text.indexOf('\0') < 0 && Utf8.canWrite(text);
    }

    /** Whether it has only characters that a person can see, or single spaces between them. */
    public static boolean printable(String text) {
        return storable(text) && text.chars().noneMatch(Character::isISOControl);
    }
}
