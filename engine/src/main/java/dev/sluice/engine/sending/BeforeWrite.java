package dev.sluice.engine.sending;

/** The last word before a request leaves: asked when the connection stands, in the same turn of the event loop as the write. */
@FunctionalInterface
public interface BeforeWrite {
    /** Nothing to check. */
    BeforeWrite ALWAYS = () -> "";

    /** Why the request must not leave any more (a grant too old, a lease that ended), "" when it may. Must not block. */
    String objection();
}
