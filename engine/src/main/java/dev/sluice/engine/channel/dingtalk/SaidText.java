package dev.sluice.engine.channel.dingtalk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be read out of the platform's texts. Their wording is not promised, so everything here may find nothing. */
final class SaidText {
    private static final Pattern ADDRESS = Pattern.compile("\\bip\\s*[=:：]\\s*([0-9a-fA-F.:]{3,45})");
    private static final Pattern ANY_IPV4 = Pattern.compile("(?<![\\d.])(\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\d.])");
    private static final Pattern SCOPE = Pattern.compile("[\\[【]([A-Za-z][\\w.:-]{2,80})[\\]】]");
    private static final Pattern USED = Pattern.compile("(?i)(?:已使用|已用|已调用|used|usage)\\D{0,12}?(\\d[\\d,]{0,15})");
    private static final Pattern QUOTA =
            Pattern.compile("(?i)(?:总配额|配额|额度|限额|quota|limit(?! of))\\D{0,12}?(\\d[\\d,]{0,15})");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    private static final DateTimeFormatter INSTANT_FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final int MOST_SCOPE_CHARS = 80;

    private SaidText() {}

    /** The egress address that the platform saw. */
    static Optional<String> address(String text) {
        return first(ADDRESS, text).or(() -> first(ANY_IPV4, text));
    }

    /** The permission point that is missing. */
    static Optional<String> permission(Said said) {
        if (said.body().getValue("accessdenieddetail") instanceof JsonObject detail
                && detail.getValue("requiredScopes") instanceof JsonArray scopes
                && !scopes.isEmpty()
                && scopes.getValue(0) instanceof String scope) {
            return Optional.of(scope.length() > MOST_SCOPE_CHARS ? scope.substring(0, MOST_SCOPE_CHARS) : scope);
        }
        return first(SCOPE, said.text());
    }

    /** Whether a robot misses its keyword in a message: "keywords not in content". */
    static boolean isAboutKeywords(String text) {
        return text.toLowerCase(Locale.ROOT).contains("keyword");
    }

    /** How many calls of the month are used. */
    static OptionalLong used(String text) {
        return number(USED, text);
    }

    /** How many calls the month has. */
    static OptionalLong quota(String text) {
        return number(QUOTA, text);
    }

    /**
     * How long a throttle lasts whose text says "from ... to ... more than N times, the limit ends at ...": from the end of the counted window to the end of the
     * limit. Both are the platform's clock, so ours need not agree with it. A second more, since the texts are cut to seconds.
     */
    static OptionalLong limitMillis(String text) {
        List<LocalDateTime> instants = new ArrayList<>();
        Matcher matcher = INSTANT.matcher(text);
        while (matcher.find() && instants.size() < 4) {
            try {
                instants.add(LocalDateTime.parse(matcher.group(), INSTANT_FORMAT));
            } catch (DateTimeParseException noInstant) {
                return OptionalLong.empty();
            }
        }
        if (instants.size() < 2) {
            return OptionalLong.empty();
        }
        long millis = Duration.between(instants.get(instants.size() - 2), instants.getLast())
                .toMillis();
        return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis + 1_000);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static OptionalLong number(Pattern pattern, String text) {
        return first(pattern, text)
                .map(digits -> OptionalLong.of(Long.parseLong(digits.replace(",", ""))))
                .orElse(OptionalLong.empty());
    }
}
