package dev.sluice.engine.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of a submission. A single send starts as {@link #RUNNING}; a campaign starts as {@link #DRAFT} while its people arrive.
 *
 * <pre>{@code
 * DRAFT ──start──> RUNNING <──resume── PAUSED
 *   │                │  └─────pause─────^ │
 *   │                │ all settled        │
 *   │                └──────> FINISHED    │     (also PAUSED, when its last calls end; FINISHED ──doubtful ones wait again──> RUNNING)
 *   └───────cancel───┴──> CANCELLING <────┘
 *                             └─ nothing waits or flies any more ──> CANCELLED     (──doubtful ones wait again──> CANCELLING, which ends them)
 * }</pre>
 */
public enum SubmissionState {
    DRAFT,
    RUNNING,
    PAUSED,
    /** Somebody asked for the end; the app's owner settles what still waits. */
    CANCELLING,
    FINISHED,
    CANCELLED;

    private static final SubmissionState[] BY_CODE = values();

    /** The number that the database keeps. */
    public short code() {
        return (short) ordinal();
    }

    /** The state of a stored number; fails on one that was never written. */
    public static SubmissionState ofCode(int code) {
        return BY_CODE[code];
    }

    /** The states that this one may change into. */
    public Set<SubmissionState> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(RUNNING, CANCELLING);
            case RUNNING -> EnumSet.of(PAUSED, CANCELLING, FINISHED);
            case PAUSED -> EnumSet.of(RUNNING, CANCELLING, FINISHED);
            case CANCELLING -> EnumSet.of(CANCELLED);
            // An operator lets people in doubt wait once more.
            case FINISHED -> EnumSet.of(RUNNING);
            case CANCELLED -> EnumSet.noneOf(SubmissionState.class);
        };
    }
}
