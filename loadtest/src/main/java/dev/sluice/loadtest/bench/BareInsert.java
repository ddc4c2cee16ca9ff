package dev.sluice.loadtest.bench;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;

/** The least that storing deliveries costs: the rows of a file, ready in memory, in statements of 5,000, one durable commit each. */
final class BareInsert {
    private static final int ROWS = 5_000;
    private static final String TABLE = """
            CREATE TABLE bare_delivery (LIKE delivery INCLUDING ALL) PARTITION BY RANGE (submission_id)
            """;
    private static final String PARTITION = """
            CREATE TABLE bare_delivery_all PARTITION OF bare_delivery DEFAULT WITH (fillfactor = 42)
            """;
    private static final String INSERT = """
            INSERT INTO bare_delivery (tenant_id, submission_id, ordinal, channel_id, recipient)
            SELECT 1, $1, $2 + n - 1, 1, recipient FROM unnest($3::text[]) WITH ORDINALITY AS p (recipient, n)
            """;

    private final BenchNode node;
    private final String[] people;
    private final IdSequence ids = new IdSequence(System::currentTimeMillis, 255);

    BareInsert(BenchNode node, int count) {
        this.node = node;
        this.people = new String[count];
        for (int i = 0; i < count; i++) {
            people[i] = PeopleFile.user(i + 1);
        }
        node.sql(TABLE);
        node.sql(PARTITION);
    }

    /** Inserts everybody once more, on one connection at a time. */
    Future<Void> run() {
        return node.pool()
                .withConnection(connection -> connection
                        .prepare(INSERT)
                        .compose(insert -> insertFrom(
                                0,
                                ids.next(),
                                rows -> insert.query().execute(rows).mapEmpty())));
    }

    private interface Insert {
        Future<Void> run(Tuple rows);
    }

    private Future<Void> insertFrom(int first, long submissionId, Insert insert) {
        if (first >= people.length) {
            return Future.succeededFuture();
        }
        String[] page = Arrays.copyOfRange(people, first, Math.min(first + ROWS, people.length));
        return insert.run(Tuple.of(submissionId, first, page))
                .compose(done -> insertFrom(first + ROWS, submissionId, insert));
    }
}
