package dev.sluice.engine.recovery;

/** Told when a {@link CrashPoint} is reached, so that a test can end the process there and nowhere else. A product's node tells {@link #NONE}. */
@FunctionalInterface
public interface CrashPoints {
    /** Nothing happens. */
    CrashPoints NONE = point -> {};

    /** Called on whatever thread gets there; must not block. */
    void reached(CrashPoint point);
}
