package dev.sluice.loadtest.demo;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.States;
import dev.sluice.loadtest.evidence.Fingerprint;
import dev.sluice.loadtest.evidence.MessageContent;
import dev.sluice.simulator.directory.Standing;
import dev.sluice.simulator.ledger.ContentHash;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A tenant's campaign, and the message with the same content that some of its people got before it.
 *
 * @param tenant whose
 * @param id as the tenant knows it
 * @param contentHash the platform's hash of its content
 * @param fingerprint see {@link Fingerprint}; of all rows, also of those that were rejected
 * @param accepted people of the file that were to be taken: of somebody's own only the engine says how many
 * @param rejected rows that were not
 * @param early the message before it
 */
record Bulk(
        DemoTenant tenant, String id, long contentHash, long fingerprint, long accepted, long rejected, Early early) {
    /** One in so many got the content already, and at most so many: fewer than a channel keeps back of a minute for what is not bulk. */
    private static final int ONE_IN = 100;

    private static final int MOST_EARLY = 40;

    /** An accepted message, how many people it has, and its {@link Fingerprint}. */
    record Early(String id, long accepted, long fingerprint) {}

    /** Sends the content to a few people of the file, then makes the campaign with all of them. It does not run yet. */
    static Bulk prepare(DemoTenant tenant, String text) {
        Early early = send(tenant, text, earlyPeople(tenant.people().people()));
        JsonObject draft =
                MessageContent.message(DemoTenant.NOTICES, text, "bulk").put("name", "全员通知 All hands");
        String id = tenant.api().post("/v1/campaigns", draft).getString("id");
        JsonObject upload = tenant.api()
                .upload("/v1/campaigns/" + id + "/people", tenant.people().path());
        long rejected = upload.getLong("rowsRejected");
        return new Bulk(
                tenant,
                id,
                ContentHash.of(MessageContent.text(text)),
                fingerprint(
                        tenant,
                        draft,
                        text,
                        tenant.people().people().stream().map(Person::recipient).toList()),
                tenant.people().made() ? tenant.people().people().size() : upload.getLong("rowsReceived") - rejected,
                rejected,
                early);
    }

    private static Early send(DemoTenant tenant, String text, List<String> people) {
        JsonObject message = MessageContent.message(DemoTenant.NOTICES, text, "transactional")
                .put("recipients", new JsonArray(people));
        return new Early(
                tenant.api().post("/v1/messages", message).getString("id"),
                people.size(),
                fingerprint(tenant, message, text, people));
    }

    private static long fingerprint(DemoTenant tenant, JsonObject body, String text, List<String> people) {
        return Fingerprint.ofRequest(
                body,
                tenant.noticeChannelId(),
                ContentHash.of(MessageContent.text(text)),
                people.stream().mapToLong(Fingerprint::person).sum());
    }

    private static List<String> earlyPeople(List<Person> people) {
        int wanted = Math.clamp(people.size() / ONE_IN, 1, MOST_EARLY);
        Set<String> members = new LinkedHashSet<>();
        for (int i = people.size() - 1; i >= 0 && members.size() < wanted; i--) {
            Person person = people.get(i);
            if (person.standing() == Standing.MEMBER && !person.recipient().isEmpty()) {
                members.add(person.recipient());
            }
        }
        return List.copyOf(members);
    }

    /** Whether the message before it went out, so that it is before it. */
    boolean earlyOnesWent() {
        JsonObject message = tenant.api().get("/v1/messages/" + early.id());
        return States.in(message).get(DeliveryState.WAITING) == 0;
    }

    void start() {
        tenant.api().post("/v1/campaigns/" + id + "/start", new JsonObject());
    }
}
