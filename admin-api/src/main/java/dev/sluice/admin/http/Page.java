package dev.sluice.admin.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.function.Function;

/**
 * Part of a list, found by key: what comes after the last item of the page before, so that a page costs the same wherever it is.
 *
 * @param after key of the last item before it, "" for the first page
 * @param limit most items of it
 */
public record Page(String after, int limit) {
    /** Items of a page when nothing is asked for. */
    public static final int USUAL_ITEMS = 50;
    /** More than a screen, less than a second of work. */
    public static final int MOST_ITEMS = 200;

    /** The key where keys are numbers, or a number before or after all of them on the first page. */
    public long afterId(long first) {
        return after.isEmpty() ? first : Request.number("query:after", after);
    }

    /** One more than is shown: whether there is a next page is seen by it. */
    public int fetched() {
        return limit + 1;
    }

    /** The body of a page from up to {@link #fetched} rows in the order of their keys. */
    public JsonObject reply(RowSet<Row> rows, Function<Row, JsonObject> item, Function<Row, Object> key) {
        JsonArray items = new JsonArray();
        Row last = null;
        for (Row row : rows) {
            if (items.size() == limit) {
                return new JsonObject().put("items", items).put("next", String.valueOf(key.apply(last)));
            }
            items.add(item.apply(row));
            last = row;
        }
        return new JsonObject().put("items", items);
    }
}
