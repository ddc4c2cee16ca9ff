package dev.sluice.engine.channel;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes text from a platform fit to be kept, logged and shown: what an answer says passes here before anybody reads it. A platform, or a proxy before it, may say
 * our request back with the credentials in it, or characters that no database keeps. Immutable.
 */
public final class Redaction {
    /** What stands in a secret's place. */
    public static final String HIDDEN = "[secret]";

    /** Knows no secret; the parameters of a URL that carry one are hidden all the same. */
    public static final Redaction OF_NOTHING = new Redaction(Optional.empty());

    /** A shorter one may be part of ordinary words and ids. Those of the platform have 32 characters and more. */
    private static final int LEAST_SECRET_CHARS = 8;

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)\\b(access_?token|app_?secret|client_?secret|sign)=[^\\s&\"'<>]+");

    private final Optional<Pattern> secrets;

    private Redaction(Optional<Pattern> secrets) {
        this.secrets = secrets;
    }

    /** Hides these values, as they are and as they stand in a URL. Costs as much as a call's other work: made once for a token, not once for a call. */
    public static Redaction of(Collection<String> secrets) {
        // The longest first: of two, one may begin with the other.
        String anyOfThem = secrets.stream()
                .filter(secret -> secret.length() >= LEAST_SECRET_CHARS)
                .flatMap(Redaction::spellings)
                .distinct()
                .sorted((one, other) -> other.length() - one.length())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return anyOfThem.isEmpty()
                ? OF_NOTHING
                : new Redaction(Optional.of(Pattern.compile(anyOfThem, Pattern.CASE_INSENSITIVE)));
    }

    private static Stream<String> spellings(String secret) {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Stream.of(secret, encoded, encoded.replace("+", "%20"));
    }

    /** The text in one line, without secrets and storable. */
    public String of(String text) {
        String shown = isPlain(text) ? text : inOneLine(text);
        if (secrets.isPresent() && shown.length() >= LEAST_SECRET_CHARS) {
            shown = secrets.get().matcher(shown).replaceAll(HIDDEN);
        }
        return shown.indexOf('=') < 0 ? shown : PARAMETER.matcher(shown).replaceAll("$1=" + HIDDEN);
    }

    /** Nearly every text is; it stays as it is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isISOControl(character) || Character.isSurrogate(character)) {
                return false;
            }
        }
        return true;
    }

    /** The object with every text in it, at any depth, made so. */
    public JsonObject of(JsonObject json) {
        return new JsonObject(map(json.getMap()));
    }

    private Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> shown = new LinkedHashMap<>();
        map.forEach((name, value) -> shown.put(name.toString(), value(value)));
        return shown;
    }

    private Object value(Object value) {
        if (value instanceof String text) {
            return of(text);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            List<Object> shown = new ArrayList<>(list.size());
            list.forEach(one -> shown.add(value(one)));
            return shown;
        }
        return value;
    }

    /** Control characters become spaces: a text with line ends could write lines of its own into a log. Halves of characters cannot be stored at all. */
    private static String inOneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            boolean isHalf = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            line.appendCodePoint(isHalf ? '\uFFFD' : Character.isISOControl(character) ? ' ' : character);
        });
        return line.toString();
    }
}
