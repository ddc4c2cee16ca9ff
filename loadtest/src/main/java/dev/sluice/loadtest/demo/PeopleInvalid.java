package dev.sluice.loadtest.demo;

/** A people file that cannot be used; the message is one sentence that says why and what to do. */
public final class PeopleInvalid extends Exception {
    private static final long serialVersionUID = 1;

    PeopleInvalid(String sentence) {
        super(sentence);
    }
}
