package dev.sluice.engine.quota;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.store.Columns;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Reads the people of a day's calls that were accepted, are open, or are or were in doubt. Ids only narrow the search, as node clocks make them. */
public final class StoredPeopleHistory implements PeopleHistory {
    /** Calls in a page: some 5,000 people in usual batches of 100. */
    static final int PAGE_CALLS = 50;

    /** Calls of scope d.scope_id and API d.api on the day from d.since to d.until. */
    private static final String OF_DAY = """
            {scope} AND c.api = d.api AND c.state IN (0, 1, 7, 9) AND c.intent_at >= d.since AND c.intent_at < d.until
                AND c.id >= sluice_id_floor(d.since - interval '10 minutes') AND c.id < sluice_id_floor(d.until + interval '10 minutes')""";

    /** The limit keeps the search one look into the index for each day; as a join it could become one through all calls. */
    private static final String DAYS_WITH_CALLS = """
            SELECT d.place
            FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY AS d (scope_id, api, since, until, place)
            CROSS JOIN LATERAL (SELECT 1 FROM call c WHERE {ofDay} LIMIT 1) any_call
            """;

    private static final String PEOPLE_OF_CALLS = """
            WITH page AS MATERIALIZED (
              SELECT c.tenant_id, c.id, c.submission_ids, c.ordinals
              FROM (SELECT $1::bigint AS scope_id, $2::text AS api, $3::timestamptz AS since, $4::timestamptz AS until) d
              JOIN call c ON {ofDay} AND c.id > $5
              ORDER BY c.id LIMIT $6
            )
            SELECT p.id, t.recipient, t.submission_id, t.ordinal, t.content_hash
            FROM page p
            LEFT JOIN LATERAL (
              SELECT d.recipient, d.submission_id, d.ordinal, s.content_hash
              FROM unnest(p.submission_ids, p.ordinals) AS u (submission_id, ordinal)
              JOIN delivery d ON d.tenant_id = p.tenant_id AND d.submission_id = u.submission_id AND d.ordinal = u.ordinal
              JOIN submission s ON s.tenant_id = p.tenant_id AND s.id = u.submission_id
            ) t ON true
            """;

    private static final long TIMEOUT_MILLIS = 10_000;

    private final Pool pool;

    /** Reads through a pool. */
    public StoredPeopleHistory(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<Set<PeopleDay>> withCalls(List<PeopleDay> days) {
        Map<String, List<PeopleDay>> kinds = days.stream()
                .collect(Collectors.groupingBy(day -> GateScope.kind(day.rule().scope())));
        List<Future<Set<PeopleDay>>> answers =
                kinds.values().stream().map(this::ofOneKind).toList();
        return Future.all(answers)
                .map(all -> answers.stream()
                        .flatMap(answer -> answer.result().stream())
                        .collect(Collectors.toSet()));
    }

    private Future<Set<PeopleDay>> ofOneKind(List<PeopleDay> days) {
        Columns<PeopleDay> columns = new Columns<>(days);
        Tuple parameters = Tuple.of(
                columns.longs(day -> GateScope.id(day.rule().scope())),
                columns.texts(day -> day.rule().api()),
                columns.of(OffsetDateTime[]::new, day -> startOf(day.date())),
                columns.of(OffsetDateTime[]::new, day -> startOf(day.date().plusDays(1))));
        return ask(DAYS_WITH_CALLS, days.get(0), parameters).map(rows -> {
            Set<PeopleDay> withCalls = new HashSet<>();
            rows.forEach(row -> withCalls.add(days.get(row.getInteger(0) - 1)));
            return withCalls;
        });
    }

    @Override
    public Future<Page> page(PeopleDay day, long afterCallId) {
        Tuple parameters = Tuple.of(
                GateScope.id(day.rule().scope()),
                day.rule().api(),
                startOf(day.date()),
                startOf(day.date().plusDays(1)),
                afterCallId,
                PAGE_CALLS);
        return ask(PEOPLE_OF_CALLS, day, parameters).map(rows -> page(rows, afterCallId));
    }

    private Future<RowSet<Row>> ask(String statement, PeopleDay ofKind, Tuple parameters) {
        String scope = GateScope.condition(ofKind.rule().scope(), "d.scope_id");
        return pool.preparedQuery(statement.replace("{ofDay}", OF_DAY).replace("{scope}", scope))
                .execute(parameters)
                .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Page page(RowSet<Row> rows, long afterCallId) {
        List<Journey> journeys = new ArrayList<>(rows.size());
        Set<Long> calls = new HashSet<>();
        for (Row row : rows) {
            calls.add(row.getLong(0));
            if (row.getString(1) != null) {
                journeys.add(new Journey(
                        row.getString(1), new DeliveryKey(row.getLong(2), row.getInteger(3)), row.getUUID(4)));
            }
        }
        long lastCallId = calls.stream().mapToLong(Long::longValue).max().orElse(afterCallId);
        return new Page(lastCallId, calls.size() < PAGE_CALLS, journeys);
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(EngineClock.PLATFORM_ZONE).toOffsetDateTime();
    }
}
