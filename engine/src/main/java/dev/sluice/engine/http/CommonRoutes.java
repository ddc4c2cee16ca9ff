package dev.sluice.engine.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** What both APIs answer alike: where they are described, who they are, and a problem document wherever no route answers. */
public final class CommonRoutes {
    private static final String DESCRIPTION_PATH = "/openapi.yaml";

    private CommonRoutes() {}

    /**
     * Adds them to a router; to be called before its other routes.
     *
     * @param name of the API, for people who find its port
     * @param description the OpenAPI document's name on the class path
     */
    public static void mount(Router router, String name, String description) {
        JsonObject welcome = new JsonObject().put("service", name).put("description", DESCRIPTION_PATH);
        router.get("/").handler(context -> context.json(welcome));
        Buffer document = read(description);
        router.get(DESCRIPTION_PATH)
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                        .end(document));
        router.route().failureHandler(ProblemReply::ofFailure);
        for (int status : new int[] {400, 404, 406, 413, 415, 500}) {
            router.errorHandler(status, ProblemReply::ofFailure);
        }
        router.errorHandler(405, context -> refuseMethod(router, context));
    }

    /** Vert.x would send it from a copy in the directory for temporary files, which others tidy and a killed node leaves behind. */
    private static Buffer read(String description) {
        try (InputStream in = CommonRoutes.class.getClassLoader().getResourceAsStream(description)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In front of a router: HTTP/1 requires a Host and a path, and the router fails without one. */
    public static Handler<HttpServerRequest> entrance(Router router) {
        return request -> {
            if (request.authority() == null) {
                refuse(request, "The Host header is missing or names no host.");
            } else if (request.path() == null || request.path().isEmpty()) {
                refuse(request, "The request names no path.");
            } else {
                router.handle(request);
            }
        };
    }

    private static void refuse(HttpServerRequest request, String why) {
        ProblemReply.send(request.response(), new ProblemException(ProblemType.MALFORMED_REQUEST, why));
    }

    private static void refuseMethod(Router router, RoutingContext context) {
        String path = context.normalizedPath().replaceFirst("(?<=.)/$", "");
        String allowed = router.getRoutes().stream()
                .filter(route -> route.methods() != null && matches(route, path))
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        ProblemReply.send(
                context.response(),
                new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This address knows " + allowed + "."));
    }

    /** Both are compared segment by segment; a parameter stands for any segment. */
    private static boolean matches(Route route, String path) {
        if (route.getPath() == null) {
            return false;
        }
        String[] pattern = route.getPath().split("/", -1);
        String[] segments = path.split("/", -1);
        boolean same = pattern.length == segments.length;
        for (int i = 0; same && i < pattern.length; i++) {
            same = pattern[i].startsWith(":") || pattern[i].equals(segments[i]);
        }
        return same;
    }
}
