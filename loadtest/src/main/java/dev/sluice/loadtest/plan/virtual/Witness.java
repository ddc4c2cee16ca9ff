package dev.sluice.loadtest.plan.virtual;

/** Who writes down what happens in virtual time. */
public interface Witness {
    /** Something that was ready waited for a gate. */
    void held(VirtualLane lane, String gate, long fromMicros, long toMicros);

    /** A call left that carries a message. */
    void called(VirtualLane lane, int people, long atMicros);

    /** A call left that asks for a token; at the address it counts like any other. */
    void askedForToken(long atMicros);

    /** A call left that asks what became of another; at the address it counts like any other. */
    void askedForReceipt(long atMicros);

    /** The platform took people of a submission, and that is durable. */
    void sent(Stock stock, int people, long atMicros);

    /** People were not sent to: they had the content today, or as much as a day allows. */
    void suppressed(Stock stock, int people, long atMicros);

    /** The rest of a submission was too late, from that moment on. */
    void expired(Stock stock, int people, long atMicros);

    /** The rest of a submission was cancelled at that moment. */
    void cancelled(Stock stock, int people, long atMicros);
}
