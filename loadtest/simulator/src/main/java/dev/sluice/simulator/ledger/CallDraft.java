package dev.sluice.simulator.ledger;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.http.Api;
import java.util.Arrays;

/**
 * What is known about the call that is being answered; filled on the way and then appended to the ledger. One object is
 * used again for every call, by the event loop only.
 */
public final class CallDraft {
    private long arrivalNanos;
    private long wallMillis;
    private Api api = Api.UNKNOWN;
    private String address = "";
    private App app;
    private String corpId = "";
    private String outcome = "";
    private String fault = "";
    private boolean metered;
    private boolean processed;
    private boolean throttled;
    private long contentHash;
    private int[] persons = new int[128];
    private byte[] verdicts = new byte[128];
    private int recipients;
    private int shown;

    /** Starts the next call. */
    public void begin(Api nextApi, long nextArrivalNanos, long nextWallMillis) {
        api = nextApi;
        arrivalNanos = nextArrivalNanos;
        wallMillis = nextWallMillis;
        address = "";
        app = null;
        corpId = "";
        outcome = "";
        fault = "";
        metered = false;
        processed = true;
        throttled = false;
        contentHash = 0;
        recipients = 0;
        shown = 0;
    }

    /** Where it comes from. */
    public void setAddress(String source) {
        address = source;
    }

    public void setApp(App caller) {
        app = caller;
        corpId = caller.corpId();
    }

    public void setCorpId(String corp) {
        corpId = corp;
    }

    public void setContentHash(long hash) {
        contentHash = hash;
    }

    /** The code that the answer carries, {@code "0"} for success. */
    public void setOutcome(String code) {
        outcome = code;
    }

    /** Names the scripted fault that met this call. */
    public void setFault(String name) {
        fault = fault.isEmpty() ? name : fault + "+" + name;
    }

    public void setMetered(boolean isMetered) {
        metered = isMetered;
    }

    /** Marks a call that was lost on its way in: the platform never saw it. */
    public void setUnprocessed() {
        processed = false;
    }

    /** Marks an answer that says "too fast". */
    public void setThrottled() {
        throttled = true;
    }

    public void addRecipient(int person, Verdict verdict) {
        if (recipients == persons.length) {
            persons = Arrays.copyOf(persons, recipients * 2);
            verdicts = Arrays.copyOf(verdicts, recipients * 2);
        }
        persons[recipients] = person;
        verdicts[recipients++] = (byte) verdict.ordinal();
        if (verdict == Verdict.SHOWN) {
            shown++;
        }
    }

    public long arrivalNanos() {
        return arrivalNanos;
    }

    public long wallMillis() {
        return wallMillis;
    }

    public Api api() {
        return api;
    }

    /** Source address. */
    public String address() {
        return address;
    }

    /** Empty if the caller is not known. */
    public String appKey() {
        return app == null ? "" : app.appKey();
    }

    /** Empty if the caller is not known. */
    public String corpId() {
        return corpId;
    }

    public String outcome() {
        return outcome;
    }

    public String fault() {
        return fault;
    }

    public boolean isMetered() {
        return metered;
    }

    public boolean isProcessed() {
        return processed;
    }

    public boolean isThrottled() {
        return throttled;
    }

    public long contentHash() {
        return contentHash;
    }

    public int recipients() {
        return recipients;
    }

    public int shown() {
        return shown;
    }

    public int person(int at) {
        return persons[at];
    }

    public Verdict verdict(int at) {
        return Verdict.of(verdicts[at]);
    }
}
