package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.client.Promised;
import dev.sluice.loadtest.evidence.Fingerprint;
import dev.sluice.loadtest.evidence.MessageContent;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Audience;
import dev.sluice.loadtest.scenario.Load;
import dev.sluice.loadtest.scenario.Scenario;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** The campaigns of a run: drafts with their people before it, started and cancelled at their times. Blocks. */
public final class Campaigns {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    /** Without an answer. Half lets the next wait behind half as many, double asks more of one node than its connection carries at once. */
    private static final int STARTS_AT_ONCE = 64;

    /**
     * A people file.
     *
     * @param rows how many stand in it
     * @param fingerprints of all of them, added up
     */
    private record People(Path file, int rows, long fingerprints) {}

    private record Draft(
            Load load, LoadTenant tenant, String id, int people, boolean taken, long contentHash, long fingerprint) {
        Sent sent(long dueNanos, Answer answer) {
            return new Sent(tenant, load, id, people, contentHash, fingerprint, false, dueNanos, answer);
        }

        String path() {
            return "/v1/campaigns/" + id;
        }
    }

    /** Started or not: its start was not answered. */
    private record Doubtful(Draft draft, CampaignStart start, long dueNanos) {}

    private final BiFunction<LoadTenant, Integer, ApiClient> apis;
    private final String run;
    private final Path directory;
    private final ClientLog log;
    private final Duration startLimit;
    private final List<Draft> drafts = new ArrayList<>();
    private final Queue<Doubtful> doubtful = new ConcurrentLinkedQueue<>();

    /**
     * @param apis the send API with a tenant's key, at one node after the other
     * @param run makes contents unique; the tag of all campaigns
     * @param directory for people files
     */
    public Campaigns(BiFunction<LoadTenant, Integer, ApiClient> apis, String run, Path directory, ClientLog log) {
        this(apis, run, directory, log, START_LIMIT);
    }

    Campaigns(
            BiFunction<LoadTenant, Integer, ApiClient> apis,
            String run,
            Path directory,
            ClientLog log,
            Duration startLimit) {
        this.apis = apis;
        this.run = run;
        this.directory = directory;
        this.log = log;
        this.startLimit = startLimit;
    }

    /** Makes all drafts and uploads their people. */
    public void prepare(Scenario scenario, List<LoadTenant> tenants) {
        SplittableRandom random = new SplittableRandom(scenario.seed());
        for (Load load : scenario.load()) {
            if (!load.kind().hasRate()) {
                tenants.stream()
                        .filter(tenant -> tenant.group().name().equals(load.tenants()))
                        .forEach(tenant -> prepare(load, tenant, random.split()));
            }
        }
        drafts.sort(Comparator.comparingDouble(draft -> draft.load().timing().fromSeconds()));
    }

    private void prepare(Load load, LoadTenant tenant, SplittableRandom random) {
        int parts = load.contents().count();
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) load.audience().people() * part / parts);
            int to = (int) ((long) load.audience().people() * (part + 1) / parts);
            String text = RequestSource.text(load, run, part);
            LoadTenant.Channel channel =
                    tenant.channels().get(part % tenant.channels().size());
            JsonObject draft = MessageContent.message(
                            channel.name(), text, load.priority().name().toLowerCase(Locale.ROOT))
                    .put("name", text)
                    .put("tags", new JsonArray().add(run));
            RequestSource.putDeadline(draft, load, load.timing().fromSeconds());
            ApiClient api = apis.apply(tenant, 0);
            String id = Promised.id(api.post("/v1/campaigns", draft), "id");
            People people = people(tenant, load.audience(), from, to, random);
            JsonObject upload = api.upload("/v1/campaigns/" + id + "/people", people.file());
            long contentHash = MessageContent.hash(tenant.group().channel(), text);
            // What was taken without a word of rejects is promised, whatever else the answer says was received.
            drafts.add(new Draft(
                    load,
                    tenant,
                    id,
                    people.rows(),
                    Promised.count(upload, "rowsRejected") == 0,
                    contentHash,
                    Fingerprint.ofRequest(draft, channel.id(), contentHash, people.fingerprints())));
        }
    }

    private People people(LoadTenant tenant, Audience audience, int from, int to, SplittableRandom random) {
        Path file = directory.resolve("people-" + tenant.name() + ".csv");
        int again = audience.again(to - from);
        long fingerprints = 0;
        try (var rows = Files.newBufferedWriter(file)) {
            rows.write("userid,name\n");
            for (int i = from; i < to; i++) {
                String person = random.nextDouble() < audience.unknownShare() ? tenant.stranger(i) : tenant.member(i);
                rows.write(person + ",张伟 Zhang Wei\n");
                fingerprints += Fingerprint.person(person);
            }
            for (int i = 0; i < again; i++) {
                String person = tenant.member(from + random.nextInt(to - from));
                rows.write(person + ",\n");
                fingerprints += Fingerprint.person(person);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file + ": " + e.getMessage(), e);
        }
        return new People(file, to - from + again, fingerprints);
    }

    /**
     * Starts each at its time, whether or not the ones before were answered, and cancels those that are to be; returns when all that was asked for was done or
     * refused, or not answered. One of which rows were rejected is not started: it is refused.
     *
     * @param startNanos when the load begins, on the clock of {@link System#nanoTime()}
     */
    public void run(long startNanos) {
        try (ExecutorService starts = Executors.newFixedThreadPool(
                        STARTS_AT_ONCE, Thread.ofVirtual().factory());
                ExecutorService cancels = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> begun = new ArrayList<>();
            for (Draft draft : drafts) {
                long dueNanos = startNanos + (long) (draft.load().timing().fromSeconds() * 1e9);
                Patience.pause(Math.max(0, (dueNanos - System.nanoTime()) / 1_000_000));
                log.offered(draft.people());
                begun.add(CompletableFuture.supplyAsync(() -> start(draft, dueNanos), starts)
                        .thenAcceptAsync(started -> cancel(draft, dueNanos, started), cancels));
            }
            begun.forEach(CompletableFuture::join);
        }
    }

    private boolean start(Draft draft, long dueNanos) {
        CampaignStart start = new CampaignStart(nodes(draft), draft.path());
        Optional<Answer> answer = draft.taken() ? start.ask(startLimit) : Optional.of(Answer.REFUSED);
        answer.ifPresentOrElse(
                known -> log.ended(draft.sent(dueNanos, known), System.nanoTime() - dueNanos),
                () -> doubtful.add(new Doubtful(draft, start, dueNanos)));
        return answer.equals(Optional.of(Answer.ACCEPTED));
    }

    /** Whether one was started of which nobody knows could not be told after it. */
    private void cancel(Draft draft, long dueNanos, boolean started) {
        if (!started || !draft.load().isCancelled()) {
            return;
        }
        long cancelNanos = dueNanos + (long) (draft.load().cancelAfterSeconds() * 1e9);
        Patience.pause(Math.max(0, (cancelNanos - System.nanoTime()) / 1_000_000));
        Optional<Answer> answer = new CampaignMove(nodes(draft), draft.path() + "/cancel").ask(startLimit);
        if (answer.isEmpty()) {
            log.cancelled(draft.id(), Instant.MAX);
        } else if (answer.get() == Answer.ACCEPTED) {
            log.cancelled(draft.id(), Instant.now());
        }
    }

    private IntFunction<ApiClient> nodes(Draft draft) {
        return node -> apis.apply(draft.tenant(), node);
    }

    /** When the load is over: asks what became of those of which nobody knows whether they were started. Of what does not tell in time there was no answer. */
    public void clarify() {
        Patience.until(startLimit, () -> {
            while (!doubtful.isEmpty() && isClear(doubtful.peek())) {
                doubtful.remove();
            }
            return doubtful.isEmpty();
        });
        doubtful.forEach(one -> log.found(one.draft().sent(one.dueNanos(), Answer.NONE)));
    }

    private boolean isClear(Doubtful one) {
        Optional<Answer> seen = one.start().seen();
        seen.ifPresent(answer -> log.found(one.draft().sent(one.dueNanos(), answer)));
        return seen.isPresent();
    }
}
