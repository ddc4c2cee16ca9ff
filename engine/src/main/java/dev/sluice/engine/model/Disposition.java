package dev.sluice.engine.model;

/** Why a delivery ended where it did: a closed list. Stored by number; numbers are never reused. */
public enum Disposition {
    /** The platform does not know this person, or the app may not reach them. */
    INVALID_RECIPIENT(1, "The platform does not know this person, or the app's scope does not reach them."),
    /** The platform refuses the content. */
    INVALID_CONTENT(2, "The platform refuses this content."),
    /** Forbidden words, pictures or links. */
    PROHIBITED_CONTENT(3, "The platform forbids this content."),
    /** Identical content already went to this person today. */
    SAME_CONTENT_TODAY(
            4, "This person already got identical content from this app today; the platform would drop it silently."),
    /** The same person stands twice in one submission. */
    DUPLICATE_IN_SUBMISSION(5, "This person stands in the submission before; they get it once."),
    /** The person's daily number of messages from this app is used up. */
    PERSON_DAY_LIMIT(6, "This person's daily number of messages from this app is used up."),
    /** The platform dropped it: too many people in a minute. */
    DROPPED_PEOPLE_PER_MINUTE(7, "The platform dropped it: too many people in one minute."),
    /** The platform dropped it: the person's daily number. */
    DROPPED_PERSON_DAY(8, "The platform dropped it: the person's daily number of messages."),
    /** The platform dropped it: identical content. */
    DROPPED_SAME_CONTENT(9, "The platform dropped it: the person already had identical content that day."),
    /** The platform protects this person from apps. */
    PROTECTED_PERSON(10, "The platform protects this person from messages of apps."),
    /** deliverBy passed. */
    DEADLINE_PASSED(11, "Its deliverBy passed before the limits let it go."),
    /** Cancelled by its tenant. */
    CANCELLED_BY_TENANT(12, "Its submission was cancelled."),
    /** Tried as often as the policy allows. */
    ATTEMPTS_EXHAUSTED(13, "It was tried as often as the retry policy allows."),
    /** No answer came to its call. */
    NO_ANSWER(14, "A call left and no answer came; whether it arrived is not known."),
    /** An operator decided. */
    SETTLED_BY_OPERATOR(15, "An operator settled it."),
    /** The platform gave a reason that Sluice does not know. */
    REFUSED_OTHERWISE(
            16,
            "The platform refused it for a reason that is not in the table; the call, or the question about it, keeps it verbatim."),
    /** The platform said that delivering failed. */
    DELIVERY_FAILED(17, "The platform reports that delivering it failed."),
    /** A resend proved that the first call had arrived. */
    CONFIRMED_BY_RESEND(18, "No answer came at first; a resend and a query proved that it arrived once.");

    private static final Disposition[] BY_CODE = new Disposition[32];

    static {
        for (Disposition disposition : values()) {
            BY_CODE[disposition.code] = disposition;
        }
    }

    private final short code;
    private final String explanation;

    Disposition(int code, String explanation) {
        this.code = (short) code;
        this.explanation = explanation;
    }

    /** The number that the database keeps. */
    public short code() {
        return code;
    }

    /** One sentence for people. */
    public String explanation() {
        return explanation;
    }

    /** The name used in the API: lower case, hyphens. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The disposition of a stored number, null for none. */
    public static Disposition ofCode(Short code) {
        return code == null ? null : BY_CODE[code];
    }
}
