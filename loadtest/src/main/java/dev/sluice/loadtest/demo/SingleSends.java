package dev.sluice.loadtest.demo;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.evidence.Fingerprint;
import dev.sluice.loadtest.evidence.MessageContent;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.directory.Standing;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Single sends of higher priority at a steady rate, open loop: each leaves at its time whether or not the ones before were answered, and its latency counts from
 * that time. Each has a content of its own, so that the platform's ledger can tell it apart.
 */
final class SingleSends {
    /** Of one tenant. What a channel keeps back for them, 1 % of 5,000 people, is 50 a minute. */
    private static final long PERIOD_MILLIS = 2_000;
    /** Every so many of a tenant with robots goes through each of these instead; a webhook robot takes 20 a minute. */
    private static final int EVERY_ROBOT = 3;

    private static final int EVERY_WEBHOOK = 7;

    private final List<DemoTenant> tenants;
    private final PlatformClock clock;
    private final Language language;
    private final String run;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("single-sends").factory());
    private final ConcurrentLinkedQueue<SentSingle> sent = new ConcurrentLinkedQueue<>();
    private final AtomicLong number = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    SingleSends(List<DemoTenant> tenants, PlatformClock clock, Language language, String run) {
        this.tenants = tenants;
        this.clock = clock;
        this.language = language;
        this.run = run;
    }

    /** Begins; the tenants take turns. */
    void start() {
        long periodNanos = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS) / tenants.size();
        long startNanos = clock.nanos();
        timer.scheduleAtFixedRate(() -> launch(startNanos, periodNanos), 0, periodNanos, TimeUnit.NANOSECONDS);
    }

    /** After a stall the timer makes up for what it missed: each of these was to leave at its own time. */
    private void launch(long startNanos, long periodNanos) {
        long turn = number.getAndIncrement();
        long dueNanos = startNanos + turn * periodNanos;
        underWay.incrementAndGet();
        Thread.ofVirtual().start(() -> {
            try {
                send(turn, dueNanos);
            } catch (ApiFailure notAccepted) {
                refused.incrementAndGet();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    private void send(long turn, long dueNanos) {
        DemoTenant tenant = tenants.get((int) (turn % tenants.size()));
        long round = turn / tenants.size();
        String channel = channel(tenant, round);
        String text = language.say("Your approval is due", "您有一个待审批事项") + " #" + run + "-" + turn;
        JsonObject message = MessageContent.message(channel, text, round % 4 == 0 ? "critical" : "transactional");
        // The group of a webhook is nobody by name.
        String recipient = "";
        if (!channel.equals(DemoTenant.WEBHOOK)) {
            recipient = member(tenant, round);
            message.put("to", recipient);
        }
        String id = tenant.api().post("/v1/messages", message).getString("id");
        long hash = hash(channel, text);
        long channelId = tenant.channelIds().get(channel);
        sent.add(new SentSingle(
                tenant,
                id,
                hash,
                Fingerprint.ofRequest(message, channelId, hash, Fingerprint.person(recipient)),
                dueNanos));
    }

    private static long hash(String channel, String text) {
        return MessageContent.hash(
                channel.equals(DemoTenant.ROBOT) ? ChannelKind.DINGTALK_ROBOT : ChannelKind.DINGTALK_WORK, text);
    }

    private static String channel(DemoTenant tenant, long round) {
        if (!tenant.plan().hasRobots()) {
            return DemoTenant.NOTICES;
        }
        if (round % EVERY_WEBHOOK == 1) {
            return DemoTenant.WEBHOOK;
        }
        return round % EVERY_ROBOT == 1 ? DemoTenant.ROBOT : DemoTenant.NOTICES;
    }

    /** Somebody whom the app reaches; nobody special when the file has no such person. */
    private static String member(DemoTenant tenant, long round) {
        List<Person> people = tenant.people().people();
        int from = (int) (round * 31 % people.size());
        for (int i = 0; i < people.size(); i++) {
            Person person = people.get((from + i) % people.size());
            if (person.standing() == Standing.MEMBER && !person.recipient().isEmpty()) {
                return person.recipient();
            }
        }
        return people.getFirst().recipient();
    }

    /** Ends it; what is under way is waited for, with a limit. */
    void stop() {
        timer.shutdownNow();
        Patience.until(Duration.ofSeconds(30), () -> underWay.get() == 0);
    }

    /** How many were accepted so far. */
    int accepted() {
        return sent.size();
    }

    /** How many the engine did not accept, or did not answer. */
    int refused() {
        return refused.get();
    }

    /** All that were accepted. */
    List<SentSingle> all() {
        return List.copyOf(sent);
    }
}
