package dev.sluice.admin.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What an operation does. Runs on the event loop of the API; a {@code ProblemException}, thrown or as a failure, becomes the problem document. */
@FunctionalInterface
public interface Endpoint {
    /** The body of the answer. */
    Future<JsonObject> answer(Request request);
}
