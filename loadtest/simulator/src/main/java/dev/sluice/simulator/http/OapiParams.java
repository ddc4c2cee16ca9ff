package dev.sluice.simulator.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Parameters of the older family: query, then a form or JSON body. Scalars may be texts, and objects may be JSON texts,
 * because the vendor's SDK sends them so.
 */
public final class OapiParams {
    private final Call call;
    private final int badParameterCode;
    private final JsonObject json;
    private final String form;

    private OapiParams(Call call, int badParameterCode, JsonObject json, String form) {
        this.call = call;
        this.badParameterCode = badParameterCode;
        this.json = json;
        this.form = form;
    }

    /**
     * Reads the body.
     *
     * @param badParameterCode the code for parameters that cannot be used
     * @throws RefusedException if the body says JSON and is not
     */
    public static OapiParams of(Call call, int badParameterCode) {
        if (call.body().length() == 0) {
            return new OapiParams(call, badParameterCode, null, null);
        }
        if (!call.isJson()) {
            return new OapiParams(call, badParameterCode, null, call.body().toString());
        }
        try {
            return new OapiParams(call, badParameterCode, new JsonObject(call.body()), null);
        } catch (DecodeException | ClassCastException malformed) {
            throw new RefusedException(Reply.oapiError(badParameterCode, "不合法的参数: body is not a JSON object"));
        }
    }

    /** The raw value, or null. */
    private Object value(String name) {
        if (json != null) {
            Object value = json.getValue(name);
            if (value != null) {
                return value;
            }
        }
        String inForm = form == null ? null : Call.formParam(form, name);
        return inForm != null ? inForm : call.queryParam(name);
    }

    /** A scalar as text, or null if absent or blank. */
    public String text(String name) {
        Object value = value(name);
        if (value instanceof JsonObject || value instanceof JsonArray) {
            throw bad(name);
        }
        String text = value == null ? null : value.toString();
        return text == null || text.isBlank() ? null : text;
    }

    /** A scalar that must be there. */
    public String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    /** A number or numeric text. */
    public long requiredNumber(String name) {
        return number(name, requiredText(name));
    }

    /** A number or numeric text, or something else if absent. */
    public long number(String name, long otherwise) {
        String text = text(name);
        return text == null ? otherwise : number(name, text);
    }

    private long number(String name, String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException notNumeric) {
            throw bad(name);
        }
    }

    /** A flag; absent is false. */
    public boolean flag(String name) {
        return "true".equalsIgnoreCase(text(name));
    }

    /** An object, or the text of one, that must be there. */
    public JsonObject requiredObject(String name) {
        Object value = value(name);
        return switch (value) {
            case null -> throw missing(name);
            case JsonObject object -> object;
            case Map<?, ?> map -> JsonObject.mapFrom(map);
            case String text -> parsed(name, text);
            default -> throw bad(name);
        };
    }

    private JsonObject parsed(String name, String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException malformed) {
            throw bad(name);
        }
    }

    /** The refusal of a parameter that is not there. */
    public RefusedException missing(String name) {
        return new RefusedException(Reply.oapiError(badParameterCode, "缺少参数 " + name));
    }

    /** The refusal of a parameter that cannot be used. */
    public RefusedException bad(String name) {
        return new RefusedException(Reply.oapiError(badParameterCode, "不合法的参数 " + name));
    }
}
