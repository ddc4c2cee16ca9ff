package dev.sluice.simulator.control;

import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallRow;
import dev.sluice.simulator.ledger.Ledger;
import dev.sluice.simulator.ledger.RecipientRow;
import dev.sluice.simulator.ledger.Verdict;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** Reads the ledger. */
final class LedgerControl {
    private static final int PAGE_ROWS = 1000;

    private final Controlled platform;
    private final Ledger ledger;

    LedgerControl(Controlled platform) {
        this.platform = platform;
        this.ledger = platform.ledger();
    }

    JsonObject stats(RoutingContext context) {
        JsonObject recipients = new JsonObject();
        for (Verdict verdict : Verdict.values()) {
            recipients.put(verdict.name(), ledger.recipients(verdict));
        }
        JsonObject months = new JsonObject();
        for (Organisation organisation : platform.directory().organisations()) {
            String corpId = organisation.corpId();
            months.put(
                    corpId,
                    new JsonObject()
                            .put("api", platform.month().used(corpId, Pool.API))
                            .put("webhook", platform.month().used(corpId, Pool.WEBHOOK)));
        }
        return new JsonObject()
                .put("calls", ledger.size())
                .put("meteredCalls", ledger.meteredCalls())
                .put("throttleAnswers", ledger.throttleAnswers())
                .put("outcomes", json(ledger.outcomes()))
                .put("recipients", recipients)
                .put("drops", json(ledger.drops()))
                .put("monthUsed", months);
    }

    private static JsonObject json(Map<String, Long> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }

    /** One page as NDJSON; the header {@code X-Next} says where the next begins. */
    void page(RoutingContext context) {
        long from = queryNumber(context, "from", 0);
        if (from < 0) {
            throw new ControlProblem(400, "", "from in the query must be 0 or more");
        }
        int limit = Math.clamp(queryNumber(context, "limit", PAGE_ROWS), 1, PAGE_ROWS);
        boolean withRecipients = "true".equals(context.request().getParam("recipients"));
        Buffer lines = Buffer.buffer();
        long next = from;
        for (CallRow row : ledger.page(from, limit)) {
            JsonObject line = json(row);
            if (withRecipients) {
                line.put("people", people(row));
            }
            lines.appendBuffer(line.toBuffer()).appendString("\n");
            next = row.number() + 1;
        }
        context.response()
                .putHeader("Content-Type", "application/x-ndjson")
                .putHeader("X-Next", Long.toString(next))
                .end(lines);
    }

    private static JsonObject json(CallRow row) {
        return new JsonObject()
                .put("number", row.number())
                .put("arrivalNanos", row.arrivalNanos())
                .put("wallMillis", row.wallMillis())
                .put("address", row.address())
                .put("app", row.appKey())
                .put("corpId", row.corpId())
                .put("api", row.api().path())
                .put("outcome", row.outcome())
                .put("fault", row.fault())
                .put("metered", row.metered())
                .put("throttled", row.throttled())
                .put("processed", row.processed())
                .put("recipients", row.recipients())
                .put("shown", row.shown())
                .put("contentHash", HexFormat.of().toHexDigits(row.contentHash()));
    }

    private JsonArray people(CallRow row) {
        JsonArray people = new JsonArray();
        for (RecipientRow recipient : ledger.recipients(row)) {
            people.add(new JsonObject()
                    .put("userid", recipient.userid())
                    .put("verdict", recipient.verdict().name())
                    .put("code", recipient.verdict().code()));
        }
        return people;
    }

    JsonObject shown(RoutingContext context) {
        long hash;
        try {
            hash = HexFormat.fromHexDigitsToLong(query(context, "contentHash"));
        } catch (NumberFormatException malformed) {
            throw new ControlProblem(400, "", "contentHash must be up to 16 hexadecimal digits");
        }
        return new JsonObject()
                .put("shown", ledger.shownCount(query(context, "corpId"), query(context, "userid"), hash));
    }

    JsonObject duplicates(RoutingContext context) {
        JsonArray list = new JsonArray();
        ledger.duplicates().stream()
                .limit(PAGE_ROWS)
                .forEach(duplicate -> list.add(new JsonObject()
                        .put("corpId", duplicate.corpId())
                        .put("userid", duplicate.userid())
                        .put("contentHash", HexFormat.of().toHexDigits(duplicate.contentHash()))
                        .put("shown", duplicate.shown())));
        return new JsonObject().put("duplicates", list);
    }

    JsonObject worst(RoutingContext context) {
        String app = query(context, "app");
        Api api = Api.named(query(context, "api"));
        Duration window = Duration.ofMillis(queryNumber(context, "windowMillis", 1000));
        return new JsonObject()
                .put("calls", ledger.worstWindow(app, api, window))
                .put("noticeRecipientsInMinute", ledger.worstRecipientsWindowOfApp(app, Duration.ofMinutes(1)));
    }

    private static String query(RoutingContext context, String name) {
        String text = context.request().getParam(name);
        if (text == null) {
            throw new ControlProblem(400, "", "the query needs " + name);
        }
        return text;
    }

    private static long queryNumber(RoutingContext context, String name, long otherwise) {
        String text = context.request().getParam(name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException notNumeric) {
            throw new ControlProblem(400, "", name + " in the query must be a whole number");
        }
    }
}
