package dev.sluice.admin.http;

import dev.sluice.engine.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** Reading of rows that every store needs. */
public final class Rows {
    private Rows() {}

    private static Future<Row> only(RowSet<Row> rows, String what) {
        return rows.size() == 1
                ? Future.succeededFuture(rows.iterator().next())
                : Future.failedFuture(ProblemException.notFound(what));
    }

    /** The only row that a statement answers with; none is the problem that there is no such thing. */
    public static Future<Row> one(SqlClient sql, String statement, Tuple parameters, String what) {
        return sql.preparedQuery(statement).execute(parameters).compose(rows -> only(rows, what));
    }

    /** A moment in the form of the API, null for none. */
    public static String moment(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant().toString();
    }

    /** A day in the form of the API, null for none. */
    public static String day(Row row, String column) {
        return row.getLocalDate(column) == null
                ? null
                : row.getLocalDate(column).toString();
    }
}
