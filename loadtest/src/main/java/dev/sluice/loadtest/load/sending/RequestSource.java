package dev.sluice.loadtest.load.sending;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.evidence.Fingerprint;
import dev.sluice.loadtest.evidence.MessageContent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Audience;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.LoadKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes the requests of one load: tenants, their channels, people and contents in turn. Not thread-safe. */
final class RequestSource {
    private final int loadNumber;
    private final Load load;
    private final String run;
    private final List<LoadTenant> tenants;
    private final RandomGenerator random;
    private final boolean traceable;
    private long number;

    /**
     * @param loadNumber its place among the loads
     * @param run makes idempotency keys and contents unique; the tag of all requests
     * @param tenants of the load's group
     * @param shared whether another load of these tenants sends the same contents
     */
    RequestSource(
            int loadNumber, Load load, String run, List<LoadTenant> tenants, boolean shared, RandomGenerator random) {
        this.loadNumber = loadNumber;
        this.load = load;
        this.run = run;
        this.tenants = tenants;
        this.random = random;
        this.traceable = load.kind() == LoadKind.SINGLES && !load.contents().repeat() && !shared;
    }

    /** The text of a load's content. */
    static String text(Load load, String run, long content) {
        return "%s %s #%d".formatted(run, load.contents().name(), content);
    }

    /** Puts {@code deliverBy} where the load has one, for what is sent so many seconds from now. */
    static void putDeadline(JsonObject body, Load load, double seconds) {
        if (load.deliverWithinSeconds() > 0) {
            body.put(
                    "deliverBy",
                    Instant.now()
                            .plusMillis((long) ((seconds + load.deliverWithinSeconds()) * 1_000))
                            .truncatedTo(ChronoUnit.MILLIS)
                            .toString());
        }
    }

    Outgoing next() {
        long turn = number++;
        LoadTenant tenant = tenants.get((int) (turn % tenants.size()));
        long round = turn / tenants.size();
        LoadTenant.Channel channel =
                tenant.channels().get((int) (round % tenant.channels().size()));
        String text = text(load, run, load.contents().number(turn));
        JsonObject body = MessageContent.message(
                        channel.name(), text, load.priority().name().toLowerCase(Locale.ROOT))
                .put("tags", new JsonArray().add(run));
        // The group of a webhook is nobody by name.
        List<String> recipients = List.of("");
        if (tenant.group().channel() != ChannelKind.DINGTALK_WEBHOOK) {
            recipients = recipients(tenant, round);
            body.put("recipients", new JsonArray(recipients));
        }
        putDeadline(body, load, 0);
        long contentHash = MessageContent.hash(tenant.group().channel(), text);
        long people = recipients.stream().mapToLong(Fingerprint::person).sum();
        return new Outgoing(
                tenant,
                load,
                run + "-" + loadNumber + "-" + turn,
                body.toBuffer(),
                recipients.size(),
                contentHash,
                Fingerprint.ofRequest(body, channel.id(), contentHash, people),
                traceable);
    }

    /** Members follow each other round the organisation, so that nobody is asked for again before everybody was. */
    private List<String> recipients(LoadTenant tenant, long round) {
        List<String> recipients = new ArrayList<>();
        Audience audience = load.audience();
        long first = round * audience.people();
        for (int i = 0; i < audience.people(); i++) {
            recipients.add(
                    random.nextDouble() < audience.unknownShare()
                            ? tenant.stranger(first + i)
                            : tenant.member(first + i));
        }
        int again = audience.again(audience.people());
        for (int i = 0; i < again; i++) {
            recipients.add(recipients.get(i));
        }
        return recipients;
    }
}
