package dev.sluice.admin.http;

import io.vertx.core.http.HttpMethod;

/**
 * One operation of the API. All of them need a key of scope admin.
 *
 * @param method the method
 * @param path as the contract writes it, with {@code {parameters}}
 * @param status of a success
 * @param endpoint what it does
 */
public record Route(HttpMethod method, String path, int status, Endpoint endpoint) {
    /** Reads something. */
    public static Route get(String path, Endpoint endpoint) {
        return new Route(HttpMethod.GET, path, 200, endpoint);
    }

    /** Makes something new. */
    public static Route create(String path, Endpoint endpoint) {
        return new Route(HttpMethod.POST, path, 201, endpoint);
    }

    /** Does something to what exists. */
    public static Route act(String path, Endpoint endpoint) {
        return new Route(HttpMethod.POST, path, 200, endpoint);
    }

    /** Changes some fields of what exists. */
    public static Route change(String path, Endpoint endpoint) {
        return new Route(HttpMethod.PATCH, path, 200, endpoint);
    }

    /** Replaces something whole. */
    public static Route replace(String path, Endpoint endpoint) {
        return new Route(HttpMethod.PUT, path, 200, endpoint);
    }

    /** Takes something away. */
    public static Route remove(String path, Endpoint endpoint) {
        return new Route(HttpMethod.DELETE, path, 200, endpoint);
    }

    /** The path as the router writes it, with {@code :parameters}. */
    public String routerPath() {
        return path.replace("{", ":").replace("}", "");
    }
}
