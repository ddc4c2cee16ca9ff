package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.DeliveryKey;

/** A delivery in its owner's memory. Confined to the owner's event loop. */
public final class Pending {
    final SubmissionWork work;
    final SubmissionWork.Page page;
    final int ordinal;
    final String recipient;
    /** Calls that it took part in and that did not end it. */
    int attempts;
    /** Most people it may travel with: halved while a batch is searched for the one that poisons it. */
    int mostCompany = Integer.MAX_VALUE;
    /** Wall time before which it must not go. */
    long notBeforeMillis;

    public Pending(SubmissionWork work, SubmissionWork.Page page, int ordinal, String recipient, int attempts) {
        this.work = work;
        this.page = page;
        this.ordinal = ordinal;
        this.recipient = recipient;
        this.attempts = attempts;
    }

    /** Its name in the database. */
    public DeliveryKey key() {
        return new DeliveryKey(work.id(), ordinal);
    }

    /** To whom. */
    public String recipient() {
        return recipient;
    }

    /** Of which submission. */
    public SubmissionWork work() {
        return work;
    }

    /** Its position in the submission. */
    public int ordinal() {
        return ordinal;
    }

    /** Calls that it took part in and that did not end it. */
    public int attempts() {
        return attempts;
    }

    /** One more did not end it. */
    public void attempted() {
        attempts++;
    }

    /** It travels with at most so many from now on. */
    public void travelWith(int most) {
        mostCompany = Math.min(mostCompany, most);
    }
}
