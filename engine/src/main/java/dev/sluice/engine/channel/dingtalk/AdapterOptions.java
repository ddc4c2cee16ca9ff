package dev.sluice.engine.channel.dingtalk;

/**
 * What the operator decides about DingTalk because the platform does not publish it, or because only the operator can know it.
 *
 * @param egressId the public address that this installation's calls come from, or any name of it: all nodes behind one address share one gate
 * @param peopleScope whose people a minute are counted together
 * @param robotPeoplePerCall people in one robot call; the page says 20 in one place and 100 in another (chatbots-send-one-on-one-chat-messages-in-batches,
 *     2026-04-22)
 * @param robotParamBytes most bytes of a robot's msgParam; 15,000 is published for groups only (the-robot-sends-a-group-message, 2025-10-21)
 * @param receiptAfterMillis how long after a work notice its result is first asked for; an early question costs a metered call and learns nothing
 * @param msgUuidMillis age of a group robot's message up to which its {@code msgUuid} is relied on; for how long the platform recognises one is not published
 *     (custom-robots-send-group-messages, 2026-07-14)
 */
public record AdapterOptions(
        String egressId,
        PeopleScope peopleScope,
        int robotPeoplePerCall,
        int robotParamBytes,
        long receiptAfterMillis,
        long msgUuidMillis) {

    /** Whose work notices count together against people a minute. Codes 143103 (app) and 143104 (corp) suggest both; the page names none. */
    public enum PeopleScope {
        APP,
        /** The strict reading: what holds for the corp holds for each of its apps. */
        ORGANISATION
    }

    public AdapterOptions {
        if (!egressId.matches("[A-Za-z0-9._:-]{1,64}")) {
            throw new IllegalArgumentException("the egress id must be 1 to 64 letters, digits or . _ : -");
        }
        if (robotPeoplePerCall < 1 || robotPeoplePerCall > 100) {
            throw new IllegalArgumentException("robot people per call must be 1 to 100, not " + robotPeoplePerCall);
        }
        if (robotParamBytes < 1 || receiptAfterMillis < 0 || msgUuidMillis < 0) {
            throw new IllegalArgumentException(
                    "robot parameter bytes, the receipt delay and the life of a msgUuid must be positive");
        }
    }

    /** The strict reading of everything unpublished, behind one egress address. */
    public static AdapterOptions strict() {
        return new AdapterOptions("default", PeopleScope.ORGANISATION, 20, 15_000, 10_000, 1_800_000);
    }
}
