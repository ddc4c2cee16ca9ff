package dev.sluice.simulator.control;

import io.vertx.core.json.JsonObject;

/** A control request that cannot be done, as RFC 9457 says it. */
final class ControlProblem extends RuntimeException {
    private final int status;
    private final String pointer;

    ControlProblem(int status, String pointer, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.pointer = pointer;
    }

    int status() {
        return status;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("type", "about:blank")
                .put("title", status == 404 ? "Not found" : "Bad request")
                .put("status", status)
                .put("detail", getMessage());
        return pointer.isEmpty() ? json : json.put("pointer", pointer);
    }
}
